/** The address of a pot, from its name: lower case words joined by hyphens, accents dropped. */
const LONGEST = 80;

export function addressOf(name: string): string {
  const words = name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-|-$/g, "");
  return words === "" ? "pot" : words;
}
