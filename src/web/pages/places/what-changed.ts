/** What changed at a place in the week that ends with its business date: what was paid and what was committed. */
import type { FastifyRequest } from "fastify";
import { listCommitments, listPayments } from "../../../ledger/index.ts";
import { addDays, type Day } from "../../../lib/day.ts";
import { listSpendFiles } from "../../../spending/index.ts";
import { formatDay, formatMoney } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import { placeAddress, recordAddress } from "./addresses.ts";
import { placeWords } from "./words.ts";

const WEEK = 7;
const MOST_SHOWN = 8;
const LATEST_SHOWN = 3;

type Change = {
  readonly on: Day;
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly shadow: boolean;
};

/** The changes of the week; where there were none, the latest before it. */
export async function whatChanged(
  request: FastifyRequest,
  the: { readonly slug: string; readonly day: Day },
): Promise<{ readonly week: readonly Change[]; readonly latest: readonly Change[] }> {
  const { slug, day } = the;
  const { language } = request.visit;
  const words = placeWords(language);
  const payments = await ask(request, listPayments, { place: slug, input: {} });
  const commitments = await ask(request, listCommitments, { place: slug, input: {} });
  const changes: Change[] = [];
  const inWords = (one: { readonly service: string; readonly serviceWelsh: string | null }, on: Day): string =>
    words("changedFor", {
      service: language === "cy" ? (one.serviceWelsh ?? one.service) : one.service,
      day: formatDay(language, on),
    });
  if (payments.ok)
    for (const one of payments.value.payments.filter((payment) => !payment.reversed))
      changes.push({
        on: one.paidOn,
        title: words("changedPaid", { amount: formatMoney(one.amountPence, "exact"), supplier: one.supplier }),
        text: inWords(one, one.paidOn),
        href: recordAddress(slug, { kind: "payment", id: one.paymentId }),
        shadow: one.book === "shadow",
      });
  if (commitments.ok)
    for (const one of commitments.value.commitments.filter((commitment) => !commitment.reversed))
      changes.push({
        on: one.committedOn,
        title: words("changedCommitted", { amount: formatMoney(one.amountPence, "exact"), supplier: one.supplier }),
        text: inWords(one, one.committedOn),
        href: recordAddress(slug, { kind: "commitment", id: one.commitmentId }),
        shadow: one.book === "shadow",
      });
  const sorted = changes.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
  const week = sorted.filter((change) => change.on > addDays(day, -WEEK)).slice(0, MOST_SHOWN);
  return { week, latest: week.length === 0 ? sorted.slice(0, LATEST_SHOWN) : [] };
}

/** The file of published spending that reaches furthest. */
export async function newestFile(request: FastifyRequest, slug: string) {
  const { language } = request.visit;
  const listed = await ask(request, listSpendFiles, { place: slug, input: {} });
  const file = listed.ok ? listed.value.files.find((one) => one.to !== null) : undefined;
  if (file === undefined || file.to === null) return null;
  return {
    title: placeWords(language)("newestFile", { publisher: file.publisher, day: formatDay(language, file.to) }),
    text: file.name,
    href: placeAddress(slug, "spending", "files", file.fileId),
  };
}
