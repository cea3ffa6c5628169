/** An answer in words for a terminal: names and values, lists of records as tables, pence as pounds. */
import { formatPounds } from "../lib/pence.ts";
import type { Json } from "../platform/use-case/index.ts";

export function presentAnswer(answer: Json): string {
  if (answer === null || typeof answer !== "object") return String(answer ?? "");
  if (Array.isArray(answer)) return presentList(answer);
  const lines: string[] = [];
  for (const [name, value] of Object.entries(answer as Readonly<Record<string, Json>>)) {
    if (value !== null && typeof value === "object") lines.push(`${wordsOf(name)}:`, indent(presentAnswer(value)));
    else lines.push(`${wordsOf(name)}: ${presentValue(name, value)}`);
  }
  return lines.join("\n");
}

function presentList(list: readonly Json[]): string {
  if (list.length === 0) return "none";
  const first = list[0];
  const flat = list.every(
    (item) =>
      item !== null &&
      typeof item === "object" &&
      !Array.isArray(item) &&
      Object.values(item).every((value) => value === null || typeof value !== "object"),
  );
  if (!flat || first === null || typeof first !== "object")
    return list.map((item) => `- ${indent(presentAnswer(item)).trimStart()}`).join("\n");
  const names = Object.keys(first).filter((name) => !name.endsWith("Id"));
  const rows = list.map((item) =>
    names.map((name) => presentValue(name, (item as Readonly<Record<string, Json>>)[name] ?? null)),
  );
  const headings = names.map(wordsOf);
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const draw = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        names[index]?.endsWith("Pence") ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [draw(headings), ...rows.map(draw)].join("\n");
}

function presentValue(name: string, value: Json): string {
  if (value === null) return "";
  if (name.endsWith("Pence") && typeof value === "string" && /^-?\d+$/.test(value)) return formatPounds(BigInt(value));
  return String(value);
}

/** totalPence -> Total */
function wordsOf(name: string): string {
  const spaced = name.replace(/Pence$/, "").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
