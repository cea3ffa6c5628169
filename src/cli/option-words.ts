/** How options are named on the command line, and what is said of words that are not understood. */
/** asAt -> as-at */
export function optionName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What parseArgs says of words it does not know, without its advice for programmers. */
export function parseFault(error: unknown): string {
  if (!(error instanceof Error)) return "The command was not understood";
  return (error.message.split(/\n|\. To specify/)[0] ?? error.message).replace(/\.$/, "");
}
