/** The META section: keys and values, and among them the settings that a count needs. */
import { VOTE_TYPES, type VoteType } from "../election.ts";
import { checkRow } from "./columns.ts";
import { type Decimal, parseDecimal } from "./decimal.ts";
import type { FaultList } from "./faults.ts";
import { type Reading, reportCell, reportPlace } from "./reading.ts";
import { cellStart, cellText, type Place, placeOf } from "./rows.ts";
import { nextDataRow, type Sections } from "./sections.ts";

export type MetaEntry = { readonly value: string; readonly place: Place };
export type Meta = ReadonlyMap<string, MetaEntry>;

export type Settings = {
  readonly voteType: VoteType;
  readonly budget: Decimal;
  readonly threshold: Decimal | null;
  readonly defaultScore: Decimal;
};

const NOUGHT: Decimal = { digits: 0n, places: 0, comma: false };

export function readMeta(reading: Reading, sections: Sections): Meta {
  const { rows } = reading;
  const meta = new Map<string, MetaEntry>();
  for (let first = true; nextDataRow(reading, sections); first = false) {
    const key = cellText(rows, 0);
    const value = cellText(rows, 1);
    checkRow(reading, 2);
    if (first) {
      if (key.toLowerCase() === "key") continue;
      reportCell(reading, { code: "meta_header", cell: 0, expected: "key;value" });
    }
    if (meta.has(key)) reportCell(reading, { code: "meta_key_repeated", cell: 0 });
    if (value === "") meta.delete(key);
    else meta.set(key, { value, place: placeOf(rows, cellStart(rows, 1)) });
  }
  return meta;
}

/** The settings that a count needs; null where one of them cannot be had. */
export function readSettings({ meta, faults }: { readonly meta: Meta; readonly faults: FaultList }): Settings | null {
  const where = { meta, faults };
  const budget = readBudget(where);
  const voteType = readVoteType(where);
  const threshold = readSetting(where, "min_project_score_threshold");
  const defaultScore = voteType === "scoring" ? readSetting(where, "default_score") : null;
  if (budget === null || voteType === null) return null;
  return { budget, voteType, threshold, defaultScore: defaultScore ?? NOUGHT };
}

type Where = { readonly meta: Meta; readonly faults: FaultList };

function readBudget({ meta, faults }: Where): Decimal | null {
  const inMeta = { faults, section: "META" } as const;
  const entry = meta.get("budget");
  if (!entry) {
    reportPlace(inMeta, { code: "budget_missing", place: { line: 1, column: 1 }, expected: "budget" });
    return null;
  }
  const { value: found, place } = entry;
  const budget = parseDecimal(found);
  if (budget === null || budget.digits <= 0n) {
    reportPlace(inMeta, { code: "budget_unreadable", place, found, expected: "12345.67" });
    return null;
  }
  if (budget.comma) reportPlace(inMeta, { code: "decimal_comma", place, found, expected: found.replace(",", ".") });
  return budget;
}

function readVoteType({ meta, faults }: Where): VoteType | null {
  const inMeta = { faults, section: "META" } as const;
  const entry = meta.get("vote_type");
  const expected = VOTE_TYPES.join(", ");
  if (!entry) {
    reportPlace(inMeta, { code: "vote_type_missing", place: { line: 1, column: 1 }, expected });
    return null;
  }
  const { value: found, place } = entry;
  const voteType = VOTE_TYPES.find((type) => type === found.toLowerCase());
  if (!voteType) reportPlace(inMeta, { code: "vote_type_unknown", place, found, expected });
  return voteType ?? null;
}

function readSetting({ meta, faults }: Where, key: string): Decimal | null {
  const inMeta = { faults, section: "META" } as const;
  const entry = meta.get(key);
  if (!entry) return null;
  const { value: found, place } = entry;
  const setting = parseDecimal(found);
  if (setting === null) reportPlace(inMeta, { code: "setting_unreadable", place, found, expected: `${key};123` });
  else if (setting.comma) {
    reportPlace(inMeta, { code: "decimal_comma", place, found, expected: found.replace(",", ".") });
  }
  return setting;
}
