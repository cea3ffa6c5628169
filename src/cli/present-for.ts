/** The answers that read better in a shape of their own: a statement, a trace, and the standing checks. */
import { formatPounds } from "../lib/pence.ts";
import type { AnyUseCase, Json } from "../platform/use-case/index.ts";
import { indent, isFields, presentAnswer, presentCell, presentValue } from "./present.ts";
import { drawTable } from "./table.ts";

type Fields = Readonly<Record<string, Json>>;

const SHAPES: Readonly<Record<string, (answer: Fields) => string>> = {
  "trace.follow": presentTrace,
  "ledger.statement": presentStatement,
  "ledger.verify": presentChecks,
};

export function presentFor(useCase: Pick<AnyUseCase, "name">, answer: Json): string {
  const shape = SHAPES[useCase.name];
  return shape !== undefined && isFields(answer) ? shape(answer) : presentAnswer(answer);
}

function presentTrace(answer: Fields): string {
  const record = fieldsOf(answer["record"]);
  return [
    headOf(record),
    ...listOf(record["facts"]).map((fact) => `  ${text(fact["label"])}: ${text(fact["value"])}`),
    "",
    "Where it came from:",
    indent(presentBranches(fieldsOf(answer["up"]))),
    "",
    "Where it went:",
    indent(presentBranches(fieldsOf(answer["down"]))),
  ].join("\n");
}

function headOf(record: Fields): string {
  const day = text(record["date"]);
  const marks = [
    ...(record["book"] === "shadow" ? ["shadow"] : []),
    ...(record["reversed"] === true ? ["reversed"] : []),
    ...(record["madeUp"] === true ? ["made up"] : []),
  ];
  const parts = [text(record["words"]), pounds(record["amountPence"]), day, ...marks].filter((part) => part !== "");
  return `${capital(text(record["kind"]))}: ${text(record["title"])}\n  ${parts.join(" · ")}`;
}

/** A line for each branch with the part of the money that it carries; below it, its own. */
function presentBranches(node: Fields): string {
  const lines = linesBelow(node, "");
  return lines.length === 0 ? "nothing further" : lines.join("\n");
}

function linesBelow(node: Fields, lead: string): readonly string[] {
  const branches = listOf(node["branches"]).map((branch) => {
    const record = fieldsOf(branch["record"]);
    const words = `${capital(text(record["kind"]))}: ${text(record["title"])}`;
    const from = [text(record["date"]), text(record["decidedBy"])].filter((part) => part !== "").join(", ");
    return { words: amountThen(branch, from === "" ? words : `${words} (${from})`), below: branch };
  });
  const ends = [...listOf(node["stops"]).map((stop) => amountThen(stop, text(stop["words"]))), ...hiddenOf(node)];
  const all = [...branches, ...ends.map((words) => ({ words, below: null }))];
  return all.flatMap(({ words, below }, at) => {
    const last = at === all.length - 1;
    const own = `${lead}${last ? "└─" : "├─"} ${words}`;
    return below === null ? [own] : [own, ...linesBelow(below, `${lead}${last ? "   " : "│  "}`)];
  });
}

function hiddenOf(node: Fields): readonly string[] {
  return listOf(node["more"]).map((one) => amountThen(one, `in ${text(one["count"])} more`));
}

function amountThen(one: Fields, words: string): string {
  const amount = pounds(one["amountPence"]);
  const shadow = one["book"] === "shadow" ? " (shadow)" : "";
  return amount === "" ? words : `${amount}${shadow}  ${words}`;
}

function presentStatement(answer: Fields): string {
  const pot = fieldsOf(answer["pot"]);
  const entries = listOf(answer["entries"]);
  const opening = { effectiveOn: answer["from"], words: "Opening", balancePence: answer["openingPence"] };
  const closing = { effectiveOn: answer["asAt"], words: "Closing", balancePence: answer["closingPence"] };
  const rows: readonly Fields[] = [opening, ...entries, closing] as readonly Fields[];
  const column = (name: string, heading: string) => ({
    name,
    heading,
    right: name.endsWith("Pence"),
    cells: rows.map((row) => presentCell(name, row[name] ?? null)),
  });
  const marks = [...(pot["book"] === "shadow" ? ["shadow"] : []), ...(pot["madeUp"] === true ? ["made up"] : [])];
  const held = text(pot["host"]) === "" ? "" : ` Held by ${text(pot["host"])}.`;
  return [
    `${text(pot["name"])}${marks.length === 0 ? "" : ` (${marks.join(", ")})`}`,
    `Statement from ${text(answer["from"])} to ${text(answer["asAt"])}.${held}`,
    ...(isFields(answer["known"]) ? [presentKnown(answer["known"])] : []),
    "",
    drawTable([
      column("effectiveOn", "Day"),
      { ...column("kind", "What"), cells: rows.map((row) => capital(text(row["kind"]))) },
      column("words", "Words"),
      column("amountPence", "Amount"),
      column("balancePence", "Balance"),
    ]),
    ...(answer["more"] === true ? [`There are more entries: add --page ${Number(answer["page"]) + 1}`] : []),
    "",
    presentAnswer({ figures: answer["figures"] ?? null, streams: answer["streams"] ?? null }),
  ].join("\n");
}

function presentKnown(known: Fields): string {
  const block = `block ${text(known["blockNumber"])}, sealed ${text(known["sealedAt"])}`;
  return `As known in ${block}, head ${text(known["hash"])}. What was entered later is left out.`;
}

function presentChecks(answer: Fields): string {
  const checks = listOf(answer["checks"]);
  const audit = fieldsOf(answer["audit"]);
  return [
    `Verified: all ${checks.length} standing checks hold.`,
    ...checks.map((check) => `  ${text(check["sentence"])}`),
    `Audit trail: ${text(audit["sealed"])} entries sealed in ${text(audit["blocks"])} blocks, ${text(audit["waiting"])} waiting to be sealed.`,
  ].join("\n");
}

function fieldsOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function text(value: Json | undefined): string {
  return presentValue("", value ?? null);
}

function pounds(value: Json | undefined): string {
  return typeof value === "string" && /^-?\d+$/.test(value) ? formatPounds(BigInt(value)) : "";
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
