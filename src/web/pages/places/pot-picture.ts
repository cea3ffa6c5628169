/** The picture of one pot: from its streams, through it, to what it was allocated to. The smallest are drawn as one. */
import type { FastifyRequest } from "fastify";
import { listPots, showPot } from "../../../ledger/index.ts";
import { addDays } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import type { Pence } from "../../../lib/pence.ts";
import type { Chart } from "../../charts/chart.ts";
import { type SankeyFlow, type SankeyNode, sankey } from "../../charts/sankey.ts";
import { ask } from "../../visit.ts";
import { placeAddress } from "./addresses.ts";
import { nameIn } from "./place-page.ts";
import { placeWords } from "./words.ts";

const MOST_SHOWN = 8;
const POT = "pot";

export type Pots = NonNullable<Awaited<ReturnType<typeof readPots>>>;
export type ListedPot = Pots["now"]["pots"][number];

/** A council's pot that it keeps for the wider place is not the council's own money. */
export function isHosted(pot: ListedPot): boolean {
  return pot.hostedFor !== null;
}

/** The pots as they stand, and as they stood a year before. */
export async function readPots(request: FastifyRequest, slug: string) {
  const now = await ask(request, listPots, { place: slug, input: {} });
  if (!now.ok) return null;
  const yearBefore = await ask(request, listPots, { place: slug, input: { asAt: addDays(now.value.asAt, -365) } });
  return { now: now.value, yearBefore: yearBefore.ok ? yearBefore.value : null };
}

/** The real pot into which most was put; where there is none, the largest of the others. */
export function mainPot(pots: readonly ListedPot[]): ListedPot | null {
  const own = pots.filter((pot) => !isHosted(pot));
  const [first] = (own.length > 0 ? own : pots).toSorted((a, b) =>
    a.book === b.book ? (b.contributedPence > a.contributedPence ? 1 : -1) : a.book === "real" ? -1 : 1,
  );
  return first ?? null;
}

export type Part = { readonly id: string; readonly label: string; readonly amountPence: Pence; readonly href: string };

/** The largest parts, and one for the rest where there are more than fit. */
export function largest(
  parts: readonly Part[],
  rest: (count: number) => Pick<Part, "label" | "href">,
): readonly Part[] {
  const sorted = parts
    .filter((part) => part.amountPence > 0n)
    .toSorted((a, b) => (b.amountPence > a.amountPence ? 1 : -1));
  if (sorted.length <= MOST_SHOWN) return sorted;
  const others = sorted.slice(MOST_SHOWN - 1);
  const amountPence = others.reduce((sum, part) => sum + part.amountPence, 0n);
  return [...sorted.slice(0, MOST_SHOWN - 1), { id: "rest", amountPence, ...rest(others.length) }];
}

export async function drawPot(
  request: FastifyRequest,
  the: { readonly slug: string; readonly pot: ListedPot; readonly language: Language },
): Promise<Chart | null> {
  const { slug, pot, language } = the;
  const found = await ask(request, showPot, { place: slug, input: { pot: pot.slug } });
  if (!found.ok) return null;
  const words = placeWords(language);
  const potHref = placeAddress(slug, "pots", pot.slug);
  const streams = largest(
    found.value.streams.map((one) => ({
      id: `in-${one.streamId}`,
      label: language === "cy" ? (one.streamWelsh ?? one.stream) : one.stream,
      amountPence: one.contributedPence,
      href: placeAddress(slug, "streams", one.streamId),
    })),
    (count) => ({ label: words("otherStreams", { count }), href: potHref }),
  );
  const allocations = largest(
    found.value.allocations
      .filter((one) => !one.reversed)
      .map((one) => ({
        id: `out-${one.allocationId}`,
        label: nameIn(language, one),
        amountPence: one.amountPence,
        href: placeAddress(slug, "trace", one.allocationId),
      })),
    (count) => ({ label: words("otherAllocations", { count }), href: potHref }),
  );
  const { contributedPence, unallocatedPence } = found.value.figures;
  const left: readonly Part[] =
    unallocatedPence > 0n
      ? [{ id: "left", label: words("notAllocated"), amountPence: unallocatedPence, href: potHref }]
      : [];
  const nodes: readonly SankeyNode[] = [
    ...streams.map((part) => ({ ...part, id: `s-${part.id}`, column: 0, tone: "navy" as const })),
    { id: POT, label: nameIn(language, pot), amountPence: contributedPence, column: 1, tone: "navy", href: potHref },
    ...allocations.map((part) => ({ ...part, id: `a-${part.id}`, column: 2, tone: "teal" as const })),
    ...left.map((part) => ({ ...part, column: 2, tone: "grey" as const })),
  ];
  const flows: readonly SankeyFlow[] = [
    ...streams.map((part) => ({ from: `s-${part.id}`, to: POT, amountPence: part.amountPence, href: part.href })),
    ...allocations.map((part) => ({ from: POT, to: `a-${part.id}`, amountPence: part.amountPence, href: part.href })),
    ...left.map((part) => ({ from: POT, to: part.id, amountPence: part.amountPence, href: part.href })),
  ];
  return sankey({
    language,
    idPrefix: "main-pot",
    title: words("potTitle"),
    shadow: pot.book === "shadow",
    nodes,
    flows,
    columnLabels: [words("columnStreams"), words("columnPot"), words("columnAllocations")],
  });
}
