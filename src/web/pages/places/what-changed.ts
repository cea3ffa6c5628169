/** What changed at a place in the week that ends with its business date: what was paid and what was committed. */
import type { FastifyRequest } from "fastify";
import { listCommitments, listPayments } from "../../../ledger/index.ts";
import { addDays, type Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { listSpendFiles } from "../../../spending/index.ts";
import { formatDay, formatMoney } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import type { Commitment, Payment } from "../money/reading.ts";
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
type Told = { readonly on: Day; readonly tell: () => Omit<Change, "on"> };

/** The changes of the week; where there were none, the latest before it. Only those that are shown are put into words. */
export async function whatChanged(
  request: FastifyRequest,
  the: { readonly slug: string; readonly day: Day },
): Promise<{ readonly week: readonly Change[]; readonly latest: readonly Change[] }> {
  const { slug, day } = the;
  const payments = await ask(request, listPayments, { place: slug, input: {} });
  const commitments = await ask(request, listCommitments, { place: slug, input: {} });
  const setting = { slug, language: request.visit.language };
  const changes: readonly Told[] = [
    ...(payments.ok ? payments.value.payments : [])
      .filter(({ reversed }) => !reversed)
      .map((one) => ({
        on: one.paidOn,
        tell: () => tell(setting, { ...one, on: one.paidOn, words: "changedPaid", kind: "payment", id: one.paymentId }),
      })),
    ...(commitments.ok ? commitments.value.commitments : [])
      .filter(({ reversed }) => !reversed)
      .map((one) => ({
        on: one.committedOn,
        tell: () =>
          tell(setting, {
            ...one,
            on: one.committedOn,
            words: "changedCommitted",
            kind: "commitment",
            id: one.commitmentId,
          }),
      })),
  ];
  const sorted = changes.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
  const since = addDays(day, -WEEK);
  const inWords = (told: readonly Told[]) => told.map(({ on, tell }) => ({ on, ...tell() }));
  const week = inWords(sorted.filter((change) => change.on > since).slice(0, MOST_SHOWN));
  return { week, latest: week.length === 0 ? inWords(sorted.slice(0, LATEST_SHOWN)) : [] };
}

type Setting = { readonly slug: string; readonly language: Language };
type Telling = Pick<Payment | Commitment, "amountPence" | "supplier" | "service" | "serviceWelsh" | "book"> & {
  readonly on: Day;
  readonly words: "changedPaid" | "changedCommitted";
  readonly kind: "payment" | "commitment";
  readonly id: string;
};

function tell({ slug, language }: Setting, one: Telling): Omit<Change, "on"> {
  const words = placeWords(language);
  const service = language === "cy" ? (one.serviceWelsh ?? one.service) : one.service;
  return {
    title: words(one.words, { amount: formatMoney(one.amountPence, "exact"), supplier: one.supplier }),
    text: words("changedFor", { service, day: formatDay(language, one.on) }),
    href: recordAddress(slug, { kind: one.kind, id: one.id }),
    shadow: one.book === "shadow",
  };
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
