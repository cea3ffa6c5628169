/**
 * Cuts a migration into its statements: each is carried out in a transaction of its own, so that each change of the
 * schema can be sent to every node of a distributed database. A statement ends at a line that ends with a semicolon,
 * outside a dollar-quoted body.
 */
export function statementsOf(text: string): readonly string[] {
  const statements: string[] = [];
  let lines: string[] = [];
  let quoted = false;
  for (const line of text.split("\n")) {
    if (lines.length === 0 && (line.trim() === "" || line.startsWith("--"))) continue;
    lines.push(line);
    if ((line.split("$$").length - 1) % 2 === 1) quoted = !quoted;
    if (!quoted && line.trimEnd().endsWith(";")) {
      statements.push(lines.join("\n"));
      lines = [];
    }
  }
  if (lines.some((line) => line.trim() !== "")) statements.push(lines.join("\n"));
  return statements;
}
