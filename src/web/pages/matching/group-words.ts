/** What groups of records are called on a run's report, by themselves and in a sentence. English, as a desk. */
import type { GroupFacts } from "../../../linkage/index.ts";

type Named = { readonly short: string; readonly ofPeople: string };

const KNOWN: Readonly<Record<GroupFacts["grouping"], Readonly<Record<string, Named>>>> = {
  sex: {
    f: { short: "Female", ofPeople: "people recorded as female" },
    female: { short: "Female", ofPeople: "people recorded as female" },
    m: { short: "Male", ofPeople: "people recorded as male" },
    male: { short: "Male", ofPeople: "people recorded as male" },
  },
  age: {},
  moved: {
    moved: { short: "Moved", ofPeople: "people who moved" },
    stayed: { short: "Did not move", ofPeople: "people who did not move" },
  },
  missing: {
    none: { short: "No field missing", ofPeople: "records with no field missing" },
    one: { short: "One field missing", ofPeople: "records with one field missing" },
    "two or more": { short: "Two or more fields missing", ofPeople: "records with two or more fields missing" },
  },
};

/** A group that is not known by name stands as the file writes it. */
export function groupSaid({ grouping, group }: Pick<GroupFacts, "grouping" | "group">): Named {
  const known = KNOWN[grouping][group.toLowerCase()];
  if (known !== undefined) return known;
  if (grouping === "age") return { short: `Aged ${group}`, ofPeople: `people aged ${group}` };
  return { short: group, ofPeople: `records with “${group}”` };
}
