/**
 * An answer in words for a terminal of 100 columns: names and values, lists of records as tables, pence as pounds, days
 * in words. Ids, empty values and the Welsh names are left out; --json has them all.
 */

import { type Day, parseDay } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import { formatPounds } from "../lib/pence.ts";
import type { Json } from "../platform/use-case/index.ts";
import { drawTable } from "./table.ts";

type Fields = Readonly<Record<string, Json>>;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const ONLY_ID = new RegExp(`^${UUID.source}$`);
const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/;

export function presentAnswer(answer: Json): string {
  if (!isFields(answer)) return Array.isArray(answer) ? presentList(answer) : presentValue("", answer);
  const words = presentFields(answer);
  // What was just made has little but its id to show, and the next command asks for it.
  const ids = Object.entries(answer).filter(([, value]) => typeof value === "string" && ONLY_ID.test(value));
  const flat = Object.values(answer).every((value) => value === null || typeof value !== "object");
  const shown = flat ? ids.map(([name, value]) => `${headingOf(name)}: ${String(value)}`) : [];
  return [words, ...shown].filter((line) => line !== "").join("\n") || "Done.";
}

function presentFields(fields: Fields): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value) && value.length === 0) lines.push(`${headingOf(name)}: none`);
    else if (isHidden(name, value)) continue;
    else if (isPair(value)) lines.push(`${headingOf(name)}: ${presentValue(name, value)}`);
    else if (value !== null && typeof value === "object") {
      const inside = Array.isArray(value) ? presentList(value, name) : presentFields(value as Fields);
      if (inside !== "") lines.push("", `${headingOf(name)}:`, indent(inside));
    } else lines.push(`${headingOf(name)}: ${presentValue(name, value)}`);
  }
  return lines.join("\n").replace(/^\n+/, "");
}

function presentList(list: readonly Json[], called = ""): string {
  if (list.length === 0) return "none";
  const records = list.filter(isFields);
  const flat =
    records.length === list.length &&
    records.every((one) =>
      Object.values(one).every((value) => value === null || typeof value !== "object" || isPair(value)),
    );
  if (!flat)
    return list
      .map((one) => (isFields(one) ? presentFields(one) : presentValue("", one)))
      .filter((text) => text !== "")
      .map((text) => `- ${indent(text).trimStart()}`)
      .join("\n");
  const names = [...new Set(records.flatMap((one) => Object.keys(one)))];
  const columns = names
    .filter((name) => records.some((one) => !isHidden(name, one[name] ?? null)))
    .map((name) => {
      const months = called === "byMonth" && name === "name";
      return {
        name,
        heading: months ? "Month" : headingOf(name),
        right: isAmount(name) || records.every((one) => /^-?\d+$/.test(String(one[name] ?? "0"))),
        cells: records.map((one) => presentCell(months ? "month" : name, one[name] ?? null)),
      };
    });
  return drawTable(columns);
}

/** One value; nothing for what says nothing. */
export function presentValue(name: string, value: Json): string {
  if (value === null || value === false) return "";
  if (value === true) return "yes";
  if (isPair(value)) return String((value as Fields)["en"] ?? "");
  const text = String(value);
  if (isAmount(name) && /^-?\d+$/.test(text)) return formatPounds(BigInt(text));
  const day = parseDay(text);
  if (day !== null) return /month$/i.test(name) ? formatDay("en", day).replace(/^\d+ /, "") : formatDay("en", day);
  const moment = MOMENT.exec(text);
  if (moment !== null) return `${formatDay("en", moment[1] as Day)}, ${moment[2]}`;
  if (/^[a-z]+(_[a-z]+)+$/.test(text)) return text.replaceAll("_", " ");
  return text.replace(new RegExp(`:${UUID.source}$`), "").replace(new RegExp(`^${UUID.source}\\.(\\d+)$`), "row $1");
}

/** Days with the short name of their month: a table is narrow. */
export function presentCell(name: string, value: Json): string {
  const words = presentValue(name, value);
  const day = typeof value === "string" && parseDay(value) !== null;
  return day ? words.replace(/(\p{L}{3})\p{L}+/u, "$1") : words;
}

/** potId -> Pot; totalPence -> Total; asAt -> As at; madeUp -> Made up */
export function headingOf(name: string): string {
  const spaced = name
    .replace(/(?<=.)Pence$/, "")
    .replace(/^paidOn$/, "paid")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function isHidden(name: string, value: Json): boolean {
  if (value === null || value === "" || value === false) return true;
  if (typeof value === "string" && ONLY_ID.test(value)) return true;
  if (name === "more" && value === 0) return true;
  return /(Ids?|Welsh|Hash|256)$/.test(name) || name === "id" || name === "cy" || name === "hash";
}

function isAmount(name: string): boolean {
  return name.endsWith("Pence");
}

export function isFields(value: Json | undefined): value is Fields {
  return value !== null && value !== undefined && typeof value === "object" && !Array.isArray(value);
}

function isPair(value: Json): boolean {
  return isFields(value) && Object.keys(value).sort().join() === "cy,en";
}

export function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
