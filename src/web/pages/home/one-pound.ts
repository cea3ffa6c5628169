/**
 * One pound as one picture: the chain of one payment, from its stream to the families its service reached. The payment is
 * the one before which families were counted last, so that the chain ends with a count of its own time.
 */
import type { FastifyRequest } from "fastify";
import { listPayments } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import type { Pence } from "../../../lib/pence.ts";
import { findFollowedRecord, type ShownReach, showPlace } from "../../../places/index.ts";
import { followRecord, type ShownNode } from "../../../trace/index.ts";
import { readAt } from "../../reading.ts";
import { formatDay, formatMoney, formatNumber } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import { readPages } from "../money/all-pages.ts";
import { placeAddress, recordAddress } from "../places/addresses.ts";
import { nameIn } from "../places/place-page.ts";
import { readReach } from "../places/reach.ts";
import { homeWords } from "./words.ts";

const PAGES_LOOKED_THROUGH = 5;

type ChainKind =
  | "stream"
  | "contribution"
  | "pot"
  | "allocation"
  | "commitment"
  | "payment"
  | "service"
  | "families"
  | "saving";

export type ChainStep = {
  readonly kind: ChainKind;
  readonly label: string;
  readonly title: string;
  readonly amount: string | null;
  readonly whole: string | null;
  readonly day: string | null;
  readonly text: string | null;
  readonly href: string | null;
  readonly open: boolean;
};

export type OnePound = {
  readonly title: string;
  readonly madeUp: boolean;
  readonly lead: string;
  readonly steps: readonly ChainStep[];
  readonly href: string;
};

export async function onePound(request: FastifyRequest, slug: string): Promise<OnePound | null> {
  const { language } = request.visit;
  const words = homeWords(language);
  const place = await ask(request, showPlace, { place: slug, input: {} });
  if (!place.ok) return null;
  // A council's pound may have gone through a pot of the whole partnership.
  const chosen = await choosePayment(request, place.value.slug);
  if (chosen === null) return null;
  const { payment, reach } = chosen;
  const followed = await ask(request, followRecord, { place: slug, input: { record: payment.paymentId } });
  if (!followed.ok) return null;
  const up = firstBranches(followed.value.up).toReversed();
  const service = followed.value.down.branches[0];
  const nodes = [...up, ...(service === undefined ? [] : [service])];
  return {
    title: words("chainTitle", { place: nameIn(language, place.value.narrowedTo ?? place.value) }),
    madeUp: nodes.some((node) => node.record.madeUp),
    lead: words("chainLead", {
      amount: formatMoney(payment.amountPence, "exact"),
      day: formatDay(language, payment.paidOn),
    }),
    steps: [
      ...nodes.map((node) => stepOf(request, { slug, node, potSlug: payment.potSlug })),
      familiesStep(request, { slug, serviceId: payment.serviceId, reach }),
      savingStep(request),
    ],
    href: placeAddress(slug, "trace", payment.paymentId),
  };
}

type Listed = {
  readonly paymentId: string;
  readonly serviceId: string;
  readonly potSlug: string;
  readonly amountPence: Pence;
  readonly paidOn: Day;
};

async function choosePayment(
  request: FastifyRequest,
  slug: string,
): Promise<{ readonly payment: Listed; readonly reach: ShownReach | undefined } | null> {
  const listed = await readPages(PAGES_LOOKED_THROUGH, (page) =>
    ask(request, listPayments, { place: slug, input: { page } }),
  );
  const payments: readonly Listed[] = (listed.ok ? listed.value : [])
    .flatMap((page) => page.payments)
    .filter((one) => one.book === "real" && !one.reversed);
  const serviceIds = [...new Set(payments.map((one) => one.serviceId))];
  const reach = await readReach(request, { slug, serviceIds });
  const followed = await readFollowed(request, slug);
  const counted = payments.map((payment) => ({
    payment,
    reach: reach.get(payment.serviceId)?.find((one) => one.endsOn <= payment.paidOn),
  }));
  const own = counted.find((one) => one.payment.paymentId === followed);
  if (own !== undefined) return own;
  const rank = (one: (typeof counted)[number]): string => `${one.reach?.endsOn ?? ""} ${one.payment.paidOn}`;
  const [first] = counted.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? 1 : -1));
  return first ?? null;
}

/** The payment that was chosen for the start page, where one was. */
async function readFollowed(request: FastifyRequest, slug: string): Promise<string | null> {
  return readAt(request, slug, ({ tx, place }) => findFollowedRecord(tx, place.placeId));
}

/** From a record along its largest branch, to the end. */
function firstBranches(node: ShownNode): readonly ShownNode[] {
  const [largest] = node.branches.toSorted((a, b) => ((b.amountPence ?? 0n) > (a.amountPence ?? 0n) ? 1 : -1));
  return largest === undefined ? [node] : [node, ...firstBranches(largest)];
}

function stepOf(
  request: FastifyRequest,
  the: { readonly slug: string; readonly node: ShownNode; readonly potSlug: string },
): ChainStep {
  const { language } = request.visit;
  const words = homeWords(language);
  const { node, slug, potSlug } = the;
  const { record } = node;
  const carried = node.amountPence ?? record.amountPence;
  const partly = carried !== null && record.amountPence !== null && record.amountPence !== carried;
  const kind = record.kind as ChainKind;
  const branches = node.branches.length;
  const parts = [
    kind === "commitment" || kind === "payment" ? record.words[language] : null,
    record.decidedBy === null ? null : words("decidedBy", { who: record.decidedBy }),
    kind !== "service" && branches > 1 ? words("onlyPart", { count: branches }) : null,
  ].filter((part) => part !== null);
  return {
    kind,
    label: words(`step_${kind}`),
    title: kind === "contribution" ? record.words[language] : record.title[language],
    amount: carried === null ? null : formatMoney(carried, "exact"),
    whole: partly ? words("ofWhole", { amount: formatMoney(record.amountPence ?? 0n, "short") }) : null,
    day: record.date === null ? null : formatDay(language, record.date),
    text: parts.length > 0 ? parts.join("; ") : null,
    href: recordAddress(slug, { kind: record.kind, id: record.id, potSlug }),
    open: false,
  };
}

function familiesStep(
  request: FastifyRequest,
  the: { readonly slug: string; readonly serviceId: string; readonly reach: ShownReach | undefined },
): ChainStep {
  const { language } = request.visit;
  const words = homeWords(language);
  const count = the.reach?.count;
  const title =
    count === undefined
      ? words("familiesUnknown")
      : count.kind === "none"
        ? words("familiesNone")
        : count.kind === "fewer"
          ? words("familiesFewer", { than: count.than })
          : words("familiesAbout", { number: formatNumber(count.count) });
  return {
    kind: "families",
    label: words("step_families"),
    title,
    amount: null,
    whole: null,
    day: the.reach === undefined ? null : formatDay(language, the.reach.endsOn),
    text: words("familiesWhy"),
    href: placeAddress(the.slug, "services", the.serviceId),
    open: false,
  };
}

function savingStep(request: FastifyRequest): ChainStep {
  const words = homeWords(request.visit.language);
  const nothing = { amount: null, whole: null, day: null, href: null };
  return {
    kind: "saving",
    label: words("step_saving"),
    title: words("savingNotYet"),
    text: words("savingWhy"),
    open: true,
    ...nothing,
  };
}
