/**
 * Where to go after signing in: an address of this site, or the start page. Anything else, however written, would let a
 * stranger send people from our sign-in page to theirs (OWASP, Unvalidated Redirects and Forwards Cheat Sheet, 2023).
 */
const LONGEST = 2000;
const HERE = "http://onepot.invalid";

/** Null where it is not a local address. Browsers read a backslash as a slash and drop tabs and line ends. */
export function localAddress(text: unknown): string | null {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) || !URL.canParse(text, HERE)) return null;
  const url = new URL(text, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("//")) return null;
  if (/^\/(?:sign-in|sign-out|reset|account\/link)(?:\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
