/**
 * What the funded projects of a category or a neighbourhood may cost together. Pabulib's page and its checker name
 * budget_per_category and budget_per_neighborhood as lists and say no more (pabulib/checker, pabulib_helpers/fields.py: "Amsterdam
 * specific fields"); they are read as lists that run beside `categories` and `neighborhoods`, one amount for each name.
 */
import type { Limit } from "../election.ts";
import { listItems } from "./columns.ts";
import { atPlacesDown, parseDecimal } from "./decimal.ts";
import type { FaultList } from "./faults.ts";
import type { Meta, MetaEntry } from "./meta.ts";
import { reportPlace } from "./reading.ts";

type Asked = { readonly meta: Meta; readonly faults: FaultList; readonly places: number };

export function readLimits(asked: Asked): readonly Limit[] {
  return [
    ...limitsOf(asked, { of: "category", amounts: ["budget_per_category"], names: ["categories"] }),
    ...limitsOf(asked, {
      of: "neighbourhood",
      amounts: ["budget_per_neighborhood", "budget_per_neighbourhood"],
      names: ["neighborhoods", "neighbourhoods"],
    }),
  ];
}

/** The first of several spellings of a key. */
export function entryOf(meta: Meta, keys: readonly string[]): MetaEntry | null {
  for (const key of keys) {
    const entry = meta.get(key);
    if (entry) return entry;
  }
  return null;
}

type Kind = { readonly of: Limit["of"]; readonly amounts: readonly string[]; readonly names: readonly string[] };

function limitsOf({ meta, faults, places }: Asked, { of, amounts, names }: Kind): readonly Limit[] {
  const entry = entryOf(meta, amounts);
  if (entry === null) return [];
  const listed = listItems(entryOf(meta, names)?.value ?? "");
  const limits: Limit[] = [];
  const written = listItems(entry.value);
  for (const [index, name] of listed.entries()) {
    const most = parseDecimal(written[index] ?? "");
    if (most !== null && most.digits >= 0n) limits.push({ of, name, most: atPlacesDown(most, places) });
  }
  if (limits.length === listed.length && limits.length === written.length) return limits;
  const { value: found, place } = entry;
  const expected = `${names[0]}: ${listed.length}`;
  reportPlace({ faults, section: "META" }, { code: "limits_unclear", place, found, expected });
  return [];
}
