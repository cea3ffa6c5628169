/** Why records cannot be linked, in words that say what to do, in both languages. */
import type { Language } from "../../lib/language.ts";
import type { TooManyPairs } from "./blocking/pairs.ts";
import type { DecisionRefusal } from "./clusters/decisions.ts";
import type { ModelRefusal } from "./model/artefact.ts";
import type { KnownRefusal } from "./model/known-matches.ts";
import type { NoPlan } from "./plan.ts";
import type { SplinkRefusal } from "./splink/settings.ts";
import type { RecordsRefusal } from "./table/records.ts";

export type LinkRefusal =
  | RecordsRefusal
  | NoPlan
  | TooManyPairs
  | ModelRefusal
  | DecisionRefusal
  | KnownRefusal
  | SplinkRefusal;

type Words = {
  readonly [Code in LinkRefusal["code"]]: (refusal: Extract<LinkRefusal, { readonly code: Code }>) => string;
};

const whole = (count: number) => count.toLocaleString("en-GB");

const EMPTY = {
  names_the_truth: "names who is who",
  nearly_empty: "nearly empty",
  one_value: "one value only",
  of_the_record: "a day of the record's own",
} as const;
const EMPTY_CY = {
  names_the_truth: "yn enwi pwy yw pwy",
  nearly_empty: "bron yn wag",
  one_value: "un gwerth yn unig",
  of_the_record: "dyddiad y cofnod ei hun",
} as const;

const columnsSaid = ({ columns }: NoPlan, words: Readonly<Record<keyof typeof EMPTY, string>>) =>
  columns
    .map(
      ({ column, filled, left, kind }) =>
        `${column} (${left === null ? kind : words[left]}, ${Math.round(100 * filled)} %)`,
    )
    .join(", ");

const english: Words = {
  no_records: (d) => `${d.file} has headings and no records. Choose a file with records.`,
  no_ids: (d) =>
    `No column of ${d.file} has a different value in each of its ${whole(d.records)} records. Name the column of ids with --id, or add one.`,
  column_not_found: (d) => `${d.file} has no column ${d.column}. Check its first line.`,
  column_twice: (d) => `${d.file} has the column ${d.column} twice. Give one of them another heading.`,
  id_missing: (d) => `In ${d.file} ${whole(d.records)} records have no ${d.column}. Every record needs an id.`,
  duplicate_ids: (d) =>
    `In ${d.file} ${whole(d.records)} records have an id in ${d.column} that stands before, such as ${d.example}. Each record needs its own.`,
  no_usable_columns: (d) => `No column tells people apart: ${columnsSaid(d, EMPTY) || "there is none beside the ids"}.`,
  too_many_pairs: (d) =>
    `The rule "${d.rule}" would bring the pairs to ${whole(d.pairs)}, more than ${whole(d.limit)}: its largest block holds ${whole(d.largestBlock)} records. Add a key to the rule.`,
  model_not_read: (d) => `The model cannot be read: ${d.why}. Use a file that records train wrote.`,
  model_other_version: (d) => `The model is of version ${d.version}, which this program does not read. Train it again.`,
  model_does_not_fit: (d) =>
    `These files lack what the model compares: ${d.missing}. Use files with the same columns, or train again.`,
  decision_not_known: (d) => `Row ${d.row} of the decisions says "${d.decision}". Write same or different.`,
  decision_on_itself: (d) => `Row ${d.row} of the decisions compares ${d.id} with itself. Name two records.`,
  decision_without_record: (d) => `Row ${d.row} of the decisions names ${d.id}, which is in none of the files.`,
  decisions_contradict: (d) =>
    `Row ${d.row} of the decisions says that ${d.left} and ${d.right} are different, and other rows that they are the same. Take one side out.`,
  splink_not_read: (d) => `The Splink model cannot be carried out. ${d.where} says "${d.text}": ${d.why}.`,
  shared_id_not_found: (d) => `No file has a column ${d.column} beside the ids. Check the first lines.`,
  too_few_matches: (d) =>
    `Pairs known to match: ${whole(d.found)}; ${whole(d.least)} are needed to learn from. Leave --labels or --shared-id out, or bring more.`,
};

const welsh: Words = {
  no_records: (d) => `Mae penawdau yn ${d.file} ond dim cofnodion. Dewiswch ffeil sydd â chofnodion.`,
  no_ids: (d) =>
    `Nid oes colofn yn ${d.file} â gwerth gwahanol ym mhob un o’i ${whole(d.records)} o gofnodion. Enwch y golofn â --id, neu ychwanegwch un.`,
  column_not_found: (d) => `Nid oes colofn ${d.column} yn ${d.file}. Gwiriwch ei llinell gyntaf.`,
  column_twice: (d) => `Mae’r golofn ${d.column} ddwywaith yn ${d.file}. Rhowch bennawd arall i un ohonynt.`,
  id_missing: (d) =>
    `Yn ${d.file} nid oes ${d.column} gan ${whole(d.records)} o gofnodion. Mae angen un ar bob cofnod.`,
  duplicate_ids: (d) =>
    `Yn ${d.file} mae gan ${whole(d.records)} o gofnodion werth yn ${d.column} sydd yno eisoes, fel ${d.example}. Mae angen un ei hun ar bob cofnod.`,
  no_usable_columns: (d) => `Nid oes colofn sy’n gwahaniaethu rhwng pobl: ${columnsSaid(d, EMPTY_CY) || "nid oes un"}.`,
  too_many_pairs: (d) =>
    `Byddai’r rheol "${d.rule}" yn dod â’r parau i ${whole(d.pairs)}, mwy na ${whole(d.limit)}: mae ${whole(d.largestBlock)} o gofnodion yn ei bloc mwyaf. Ychwanegwch allwedd at y rheol.`,
  model_not_read: (d) => `Ni ellir darllen y model: ${d.why}. Defnyddiwch ffeil a ysgrifennodd records train.`,
  model_other_version: (d) =>
    `Mae’r model o fersiwn ${d.version}, nad yw’r rhaglen hon yn ei ddarllen. Hyfforddwch ef eto.`,
  model_does_not_fit: (d) => `Nid oes gan y ffeiliau hyn yr hyn y mae’r model yn ei gymharu: ${d.missing}.`,
  decision_not_known: (d) =>
    `Mae rhes ${d.row} y penderfyniadau yn dweud "${d.decision}". Ysgrifennwch same neu different.`,
  decision_on_itself: (d) => `Mae rhes ${d.row} y penderfyniadau yn cymharu ${d.id} ag ef ei hun. Enwch ddau gofnod.`,
  decision_without_record: (d) => `Mae rhes ${d.row} y penderfyniadau yn enwi ${d.id}, nad yw yn yr un o’r ffeiliau.`,
  decisions_contradict: (d) =>
    `Mae rhes ${d.row} y penderfyniadau yn dweud bod ${d.left} a ${d.right} yn wahanol, a rhesi eraill eu bod yr un. Tynnwch un ochr allan.`,
  splink_not_read: (d) => `Ni ellir gweithredu’r model Splink. Mae ${d.where} yn dweud "${d.text}": ${d.why}.`,
  shared_id_not_found: (d) => `Nid oes gan yr un ffeil golofn ${d.column} heblaw’r ids. Gwiriwch y llinellau cyntaf.`,
  too_few_matches: (d) =>
    `Parau y gwyddys eu bod yn cyfateb: ${whole(d.found)}; mae angen ${whole(d.least)} i ddysgu ohonynt. Hepgorwch --labels neu --shared-id, neu dewch â mwy.`,
};

export function explainLinkRefusal(language: Language, refusal: LinkRefusal): string {
  // Each entry takes the detail of its own code; the compiler cannot follow the pair through the look-up.
  const say = (language === "en" ? english : welsh)[refusal.code] as (detail: LinkRefusal) => string;
  return say(refusal);
}
