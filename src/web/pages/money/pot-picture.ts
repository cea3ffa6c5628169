/** The picture of a pot: streams to pot to allocations to services, and in grey what has not got so far yet. */
import type { Language } from "../../../lib/language.ts";
import type { Pence } from "../../../lib/pence.ts";
import type { Chart } from "../../charts/chart.ts";
import { type SankeyFlow, type SankeyNode, sankey } from "../../charts/sankey.ts";
import type { Addresses } from "./addresses.ts";
import { named } from "./exchange.ts";
import type { Commitment, Pot } from "./reading.ts";
import { moneyWords } from "./words.ts";

/** So many fit in a column with their names in full; the smallest are drawn as one, and the tables have each. */
const MOST_STREAMS = 7;
const MOST_ALLOCATIONS = 6;
const MOST_SERVICES = 5;

type Drawn = { readonly pot: Pot; readonly commitments: readonly Commitment[] };
type Setting = { readonly language: Language; readonly to: Addresses };
type Part = { readonly nodes: readonly SankeyNode[]; readonly flows: readonly SankeyFlow[] };

export function drawPot(drawn: Drawn, the: Setting): Chart {
  const words = moneyWords(the.language);
  const { pot } = drawn;
  const middle: SankeyNode = {
    id: "pot",
    label: words("thisPot"),
    column: 1,
    amountPence: pot.figures.contributedPence,
    href: the.to.trace(pot.pot.potId),
  };
  const parts = [streamsPart(pot, the), allocationsPart(pot, the), servicesPart(drawn, the), restPart(drawn, the)];
  return sankey({
    language: the.language,
    idPrefix: "pot",
    title: words("potPicture"),
    shadow: pot.pot.book === "shadow",
    nodes: [middle, ...parts.flatMap((part) => part.nodes)],
    flows: parts.flatMap((part) => part.flows).filter((flow) => flow.amountPence !== 0n),
    columnLabels: [words("columnStreams"), words("columnPot"), words("columnAllocations"), words("columnServices")],
  });
}

/** The financial year that ends a stream's name says nothing beside the page's date. */
function shortName(name: string): string {
  return name.replace(/, \d{4}-\d{2}$/, "");
}

/** The largest, in order, and the rest. */
function largest<T extends { readonly amountPence: Pence }>(
  items: readonly T[],
  most: number,
): { readonly shown: readonly T[]; readonly rest: readonly T[]; readonly restPence: Pence } {
  const sorted = items.toSorted((a, b) => (a.amountPence > b.amountPence ? -1 : 1));
  const cut = sorted.length > most ? most - 1 : sorted.length;
  const rest = sorted.slice(cut);
  return { shown: sorted.slice(0, cut), rest, restPence: rest.reduce((sum, one) => sum + one.amountPence, 0n) };
}

function streamsPart({ streams, contributions, pot }: Pot, { language, to }: Setting): Part {
  const given = streams
    .filter(({ contributedPence }) => contributedPence > 0n)
    .map((one) => ({ ...one, amountPence: one.contributedPence }));
  const { shown, rest, restPence } = largest(given, MOST_STREAMS);
  const nodes: SankeyNode[] = shown.map((one) => ({
    id: one.streamId,
    label: shortName(named(language, [one.stream, one.streamWelsh])),
    column: 0,
    amountPence: one.amountPence,
    href: to.trace(one.streamId),
  }));
  const flows: SankeyFlow[] = shown.map(({ streamId, amountPence }) => {
    const own = contributions.filter((one) => one.streamId === streamId && !one.reversed);
    const [only] = own;
    const href = to.trace(own.length === 1 && only !== undefined ? only.contributionId : streamId);
    return { from: streamId, to: "pot", amountPence, href };
  });
  if (rest.length > 0) {
    const label = moneyWords(language)("otherStreams", { count: rest.length });
    const href = `${to.pot(pot.slug)}#streams`;
    nodes.push({ id: "others", label, column: 0, amountPence: restPence, href });
    flows.push({ from: "others", to: "pot", amountPence: restPence, href });
  }
  return { nodes, flows };
}

/** The node of each allocation: its own, or that of the smaller ones together. */
function placesOfAllocations(pot: Pot): ReadonlyMap<string, string> {
  const live = pot.allocations.filter(({ reversed }) => !reversed);
  const { rest } = largest(live, MOST_ALLOCATIONS);
  const others = new Set(rest.map(({ allocationId }) => allocationId));
  return new Map(live.map(({ allocationId }) => [allocationId, others.has(allocationId) ? "decisions" : allocationId]));
}

function allocationsPart(pot: Pot, { language, to }: Setting): Part {
  const live = pot.allocations.filter(({ reversed }) => !reversed);
  const { shown, rest, restPence } = largest(live, MOST_ALLOCATIONS);
  const nodes: SankeyNode[] = shown.map((one) => ({
    id: one.allocationId,
    label: named(language, [one.name, one.nameWelsh]),
    column: 2,
    amountPence: one.amountPence,
    href: to.trace(one.allocationId),
    tone: "teal",
  }));
  if (rest.length > 0) {
    const label = moneyWords(language)("otherDecisions", { count: rest.length });
    const href = `${to.pot(pot.pot.slug)}#allocations`;
    nodes.push({ id: "decisions", label, column: 2, amountPence: restPence, href, tone: "teal" });
  }
  const flows = nodes.map(({ id, amountPence, href }) => ({ from: "pot", to: id, amountPence, href }));
  return { nodes, flows };
}

/** What was paid, by service; each ribbon opens the commitments of its allocation. */
function servicesPart({ pot, commitments }: Drawn, { language, to }: Setting): Part {
  const { slug } = pot.pot;
  const allocations = placesOfAllocations(pot);
  const paid = commitments.filter((one) => !one.reversed && one.paidPence > 0n);
  const services = new Map<string, { id: string; label: string; amountPence: Pence }>();
  for (const one of paid) {
    const amountPence = (services.get(one.serviceId)?.amountPence ?? 0n) + one.paidPence;
    const label = named(language, [one.service, one.serviceWelsh]);
    services.set(one.serviceId, { id: one.serviceId, label, amountPence });
  }
  const { shown, rest, restPence } = largest([...services.values()], MOST_SERVICES);
  const nodes: SankeyNode[] = shown.map((one) => ({ ...one, column: 3, href: to.trace(one.id), tone: "plum" }));
  const href = to.payments({ pot: slug });
  const label = moneyWords(language)("otherServices", { count: rest.length });
  if (rest.length > 0) nodes.push({ id: "services", label, column: 3, amountPence: restPence, href, tone: "plum" });
  const others = new Set(rest.map(({ id }) => id));
  const flows = new Map<string, SankeyFlow>();
  for (const one of paid) {
    const from = allocations.get(one.allocationId) ?? one.allocationId;
    const target = others.has(one.serviceId) ? "services" : one.serviceId;
    const before = flows.get(`${from} ${target}`)?.amountPence ?? 0n;
    const address = to.commitments({ pot: slug, allocation: from === "decisions" ? null : from });
    flows.set(`${from} ${target}`, { from, to: target, amountPence: before + one.paidPence, href: address });
  }
  return { nodes, flows: [...flows.values()] };
}

/** The three ways in which money can still be here. */
function restPart({ pot }: Drawn, { language, to }: Setting): Part {
  const words = moneyWords(language);
  const { slug } = pot.pot;
  const places = placesOfAllocations(pot);
  const unpaid = new Map<string, Pence>();
  const uncommitted = new Map<string, Pence>();
  for (const one of pot.allocations) {
    const from = places.get(one.allocationId);
    if (from === undefined) continue;
    unpaid.set(from, (unpaid.get(from) ?? 0n) + one.committedPence - one.paidPence);
    uncommitted.set(from, (uncommitted.get(from) ?? 0n) + one.amountPence - one.committedPence);
  }
  const unallocated = new Map([["pot", pot.figures.unallocatedPence]]);
  const rests = [
    { id: "unpaid", label: words("notYetPaid"), column: 3, href: to.commitments({ pot: slug }), flows: unpaid },
    {
      id: "uncommitted",
      label: words("notYetCommitted"),
      column: 3,
      href: `${to.pot(slug)}#allocations`,
      flows: uncommitted,
    },
    {
      id: "unallocated",
      label: words("notYetAllocated"),
      column: 2,
      href: `${to.pot(slug)}#streams`,
      flows: unallocated,
    },
  ];
  return {
    nodes: rests.map(({ flows, ...node }) => ({
      ...node,
      amountPence: [...flows.values()].reduce((sum, amount) => sum + amount, 0n),
      tone: "grey",
    })),
    flows: rests.flatMap(({ id, href, flows }) =>
      [...flows].map(([from, amountPence]) => ({ from, to: id, amountPence, href })),
    ),
  };
}
