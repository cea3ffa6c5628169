/**
 * Who is whose family: parent or guardian, partner, sibling, each with its days and who says so; and who only lives with whom. A family may
 * be of several households and a household of several families, so the two are kept apart: nobody is family for sharing an address.
 * What agencies recorded is kept as it is (a school its contacts, council tax its joint bills); what follows from it is marked as
 * inferred, and nothing is inferred of people who are protected, nor through them.
 */
import type { Protection } from "./gather-households.ts";
import { overlap, type Spell } from "./spells.ts";

export const RELATIONS = ["parent-or-guardian", "partner", "sibling", "co-resident"] as const;
export type RelationType = (typeof RELATIONS)[number];

export type Relation = {
  /** Of a parent or guardian: the parent; of the others: the lower number. */
  readonly one: number;
  readonly other: number;
  readonly type: RelationType;
  /** Of a parent or guardian: whether all that is said is guardian. The wards of one need not be brothers and sisters. */
  readonly guardian?: boolean;
  /** YYYY-MM-DD; null where the beginning is not known, or the end has not come. */
  readonly from: string | null;
  readonly to: string | null;
  /** Which registers say so: of what was recorded, one for each of the records that say it. */
  readonly sources: readonly string[];
  /** The records that say so; of people of one home, those that know either there. */
  readonly records: readonly number[];
};

export type Edge = Relation & {
  readonly known: "recorded" | "inferred";
  /** Of siblings who are inferred: the parent. */
  readonly through: number | null;
};

export type Contradiction = {
  readonly code: "oneself" | "parent_too_young" | "own_ancestor" | "too_many_ancestors";
  readonly relation: Relation;
};

export type FamilyFacts = {
  readonly recorded: readonly Relation[];
  /** Spells by home, of homes that are not communal. */
  readonly spells: readonly (readonly Spell[])[];
  /** The year of birth by person; null where it is not known. */
  readonly yearOf: (person: number) => number | null;
  readonly protectedPeople: ReadonlyMap<number, Protection>;
};

export type FamilyGraph = { readonly edges: readonly Edge[]; readonly contradictions: readonly Contradiction[] };

/** Of guardians no age is asked, but the same column holds both: below this a record is taken to be a mistake. */
const PARENT_YEARS = 12;
/** Five generations of parents have 62. A register in which somebody has more is mistaken, and without an end each line would be walked again. */
const MOST_ANCESTORS = 100;

/** Recorded edges first, in their order; then siblings and people of one home. What contradicts itself is named and left out. */
export function familyGraph(facts: FamilyFacts): FamilyGraph {
  const edges: Edge[] = [];
  const contradictions: Contradiction[] = [];
  const parents = new Map<number, Relation[]>();
  for (const relation of facts.recorded.map(inOrder)) {
    const code = contradictionOf(relation, { parents, yearOf: facts.yearOf });
    if (code !== null) {
      contradictions.push({ code, relation });
      continue;
    }
    edges.push({ ...relation, known: "recorded", through: null });
    if (relation.type === "parent-or-guardian")
      parents.set(relation.other, [...(parents.get(relation.other) ?? []), relation]);
  }
  const known = new Set(edges.map(keyOf));
  const isOpen = (person: number) => !facts.protectedPeople.has(person);
  for (const inferred of [siblings(parents, isOpen), coResidents(facts.spells)])
    for (const edge of inferred) {
      const key = keyOf(edge);
      if (!isOpen(edge.one) || !isOpen(edge.other) || known.has(key)) continue;
      known.add(key);
      edges.push(edge);
    }
  return { edges, contradictions };
}

type Inferred = Edge & { readonly known: "inferred" };

function inOrder<Of extends Relation>(relation: Of): Of {
  if (relation.type === "parent-or-guardian" || relation.one <= relation.other) return relation;
  return { ...relation, one: relation.other, other: relation.one };
}

/** A number for two people and what they are to each other: sixteen million people fit into 53 bits. */
function keyOf({ one, other, type }: Relation): number {
  return (one * 2 ** 24 + other) * RELATIONS.length + RELATIONS.indexOf(type);
}

type Parents = ReadonlyMap<number, readonly Relation[]>;

function contradictionOf(
  { one, other, type }: Relation,
  { parents, yearOf }: { readonly parents: Parents; readonly yearOf: FamilyFacts["yearOf"] },
): Contradiction["code"] | null {
  if (one === other) return "oneself";
  if (type !== "parent-or-guardian") return null;
  const parent = yearOf(one);
  const child = yearOf(other);
  if (parent !== null && child !== null && child - parent < PARENT_YEARS) return "parent_too_young";
  return ancestry({ of: one, person: other }, parents);
}

/** Whether a person stands above another, or too many do; each is looked at once, however the lines cross. */
function ancestry(
  { of, person }: { readonly of: number; readonly person: number },
  parents: Parents,
): "own_ancestor" | "too_many_ancestors" | null {
  const seen = new Set<number>();
  const waiting = [of];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const { one } of parents.get(next) ?? []) {
      if (one === person) return "own_ancestor";
      if (!seen.has(one)) waiting.push(one);
      seen.add(one);
      if (seen.size > MOST_ANCESTORS) return "too_many_ancestors";
    }
  return null;
}

/** Children of one recorded parent, from the day on which both are recorded; unknown where either is. */
function siblings(parents: Parents, isOpen: (person: number) => boolean): readonly Inferred[] {
  const children = new Map<number, Relation[]>();
  for (const relations of parents.values())
    for (const relation of relations)
      if (relation.guardian !== true && isOpen(relation.one))
        children.set(relation.one, [...(children.get(relation.one) ?? []), relation]);
  const found: Inferred[] = [];
  for (const [parent, own] of children)
    own.forEach((first, at) => {
      for (const second of own.slice(at + 1)) {
        if (first.other === second.other) continue;
        found.push(
          inOrder({
            one: first.other,
            other: second.other,
            type: "sibling",
            from: first.from === null || second.from === null ? null : latest(first.from, second.from),
            to: null,
            sources: [...new Set([...first.sources, ...second.sources])].sort(),
            records: [...new Set([...first.records, ...second.records])],
            known: "inferred",
            through: parent,
          }),
        );
      }
    });
  return found;
}

const latest = (one: string, other: string): string => (one > other ? one : other);

/** Homes may hold hundreds of thousands of pairs: each is made once, in its order. */
function coResidents(homes: FamilyFacts["spells"]): readonly Inferred[] {
  const found: Inferred[] = [];
  for (const spells of homes)
    for (let at = 1; at < spells.length; at += 1)
      for (let before = 0; before < at; before += 1) {
        const first = spells[before] as Spell;
        const second = spells[at] as Spell;
        const days = first.person === second.person ? null : overlap(first, second);
        if (days === null) continue;
        found.push({
          one: Math.min(first.person, second.person),
          other: Math.max(first.person, second.person),
          type: "co-resident",
          from: days.from,
          to: days.to,
          sources: bothSources(first.sources, second.sources),
          records: [...first.records, ...second.records],
          known: "inferred",
          through: null,
        });
      }
  return found;
}

function bothSources(one: readonly string[], other: readonly string[]): readonly string[] {
  if (one.length === 1 && other.length === 1 && one[0] === other[0]) return one;
  return [...new Set([...one, ...other])].sort();
}
