/**
 * The relations that registers would have recorded of made-up families: council tax the couples, a jobcentre who claims jointly,
 * children's social care whose child somebody is. Drawn from the truth by a chance of its own, beside the agencies' files, which stay as they
 * are to the letter. How much each register leaves out, and how often it names somebody who has left it, is made up.
 */
import { type Agency, type AgencyFile, TRUTH_COLUMNS } from "./agencies.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import type { Person, Population } from "./families.ts";

type Register = {
  readonly relation: "partner" | "joint claim" | "child";
  /** The share of what is true that it records. */
  readonly recorded: number;
};

const REGISTERS: Readonly<Partial<Record<Agency, Register>>> = {
  "council-tax": { relation: "partner", recorded: 0.85 },
  jobcentre: { relation: "joint claim", recorded: 0.6 },
  "social-care": { relation: "child", recorded: 0.9 },
};

/** The share of relatives whose reference is of a record that has gone. */
const GONE = 0.02;

export const RELATION_COLUMNS = ["related_to", "relation"] as const;

type Drawing = { readonly population: Population; readonly seed: number };

/** The same files; those of registers that record relations with two columns more, before those of the truth. */
export function addRelations(files: readonly AgencyFile[], { population, seed }: Drawing): readonly AgencyFile[] {
  return files.map((file, at) => {
    const register = REGISTERS[file.agency];
    // After the streams of the files themselves, which are one to seven of the sixteen of a seed.
    return register === undefined
      ? file
      : related(file, { register, population, chance: chanceFrom(seed * 16 + 8 + at) });
  });
}

type Relating = { readonly register: Register; readonly population: Population; readonly chance: Chance };

function related({ agency, headings, rows }: AgencyFile, the: Relating): AgencyFile {
  const place = headings.length - TRUTH_COLUMNS.length;
  const references = new Map<number, string>();
  for (const row of rows) if (!references.has(Number(row[place]))) references.set(Number(row[place]), row[0] ?? "");
  const parentsOf = parentsByFamily(the.population);
  const put = (cells: readonly string[], added: readonly string[]) => [
    ...cells.slice(0, place),
    ...added,
    ...cells.slice(place),
  ];
  return {
    agency,
    headings: put(headings, RELATION_COLUMNS),
    rows: rows.map((row) => {
      const person = the.population.persons[Number(row[place])];
      const parents = person === undefined ? [] : (parentsOf.get(person.household) ?? []);
      const named = parents
        .filter((parent) => person !== undefined && isRelated(person, { parent, register: the.register }))
        .flatMap(({ id }) => references.get(id) ?? [])
        .filter(() => the.chance.happens(the.register.recorded))
        .map((reference) => (the.chance.happens(GONE) ? `${agency}-gone-${reference}` : reference));
      return put(row, [named.join("; "), named.length === 0 ? "" : the.register.relation]);
    }),
  };
}

type Relative = { readonly parent: Person; readonly register: Register };

/** Whether the register would have it: of a couple, while they live together, the second names the first. */
function isRelated(person: Person, { parent, register }: Relative): boolean {
  if (register.relation === "child") return person.role === "child";
  return person.role === "parent" && parent.id < person.id && parent.livesWith === person.livesWith;
}

function parentsByFamily({ persons }: Population): ReadonlyMap<number, readonly Person[]> {
  const found = new Map<number, Person[]>();
  for (const person of persons)
    if (person.role === "parent") found.set(person.household, [...(found.get(person.household) ?? []), person]);
  return found;
}
