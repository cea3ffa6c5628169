/** E-mail addresses as accounts keep them: without space around them and in lower case. */

/** Null where the text cannot be an address to write to. The post itself proves the rest. */
export function parseEmail(text: string): string | null {
  const email = text.trim().normalize("NFKC").toLowerCase();
  if (email.length > 254 || !/^[^\s@<>(),;:"\p{Cc}]{1,64}@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}$/u.test(email))
    return null;
  return email;
}
