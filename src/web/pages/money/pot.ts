/** The page of a pot: where the money came from, where it went, what is left, in which mode, as at a day. */
import type { FastifyInstance } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay, formatMoney } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { bankText, deskMessages } from "../reconciliation/words-both.ts";
import { readAboutRecord } from "../records/index.ts";
import { askedDay, type Exchange, named, parameterOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { accrualWords } from "./forms/words-accruals.ts";
import { drawPot } from "./pot-picture.ts";
import { presentSteps } from "./pot-steps.ts";
import {
  allocationsTable,
  commitmentsTable,
  contributionsTable,
  cutTable,
  handoversTable,
  paymentsTable,
  streamsOfPot,
} from "./pot-tables.ts";
import { modeName, percentOf } from "./pots.ts";
import { readPot, type ValueOf } from "./reading.ts";
import { presentPotRules } from "./rules.ts";
import type { MoneyTable } from "./tables.ts";
import { type MoneyWords, moneyWords } from "./words.ts";
import { bankWords } from "./words-bank.ts";
import { resolveWords } from "./words-resolve.ts";

type Read = ValueOf<typeof readPot>;

const PAYMENTS_SHOWN = 10;
const MODE_TEXTS = {
  aligned: "modeAlignedText",
  shadow: "modeShadowText",
  pooled: "modePooledText",
  delegated: "modeDelegatedText",
} as const;

export function registerPot(app: FastifyInstance): void {
  app.get("/places/:place/pots/:pot", async (request, reply) => {
    const the = { request, reply };
    const asked = askedDay(request);
    const visit = visitOf(request, asked.day);
    const input = { pot: parameterOf(request, "pot") };
    const found = await ask(request, readPot, { place: visit.place, input: { ...input, asAt: asked.day } });
    if (found.ok) return sendPot(the, { visit, read: found.value, wrong: asked.wrong ? "day" : null });
    if (found.refusal.code !== "before_opening") return sendRefusal(the, readPot, found.refusal);
    // A day before the pot opened has nothing to show: the page says so and stands at today.
    const now = await ask(request, readPot, { place: visit.place, input });
    if (!now.ok) return sendRefusal(the, readPot, now.refusal);
    return sendPot(the, { visit: visitOf(request), read: now.value, wrong: "early" });
  });
}

type Shown = { readonly visit: Visit; readonly read: Read; readonly wrong: "day" | "early" | null };

async function sendPot(the: Exchange, { visit, read, wrong }: Shown) {
  const { language, to } = visit;
  const words = moneyWords(language);
  const title = named(language, [read.pot.name, read.pot.nameWelsh]);
  const day = formatDay(language, read.asAt as Day);
  const error = errorText(words, { wrong, day, opened: formatDay(language, read.pot.openedOn as Day) });
  return sendPage(the, "pages/money/pot.njk", {
    top: topOf(visit, {
      title,
      crumbs: [{ text: words("potsTitle"), href: to.pots }, { text: title }],
      ...(error && { errors: [{ text: error, href: "#asAt" }] }),
    }),
    model: {
      ...modelOf(visit, { read, words }),
      aboutRecord: await readAboutRecord(the.request, { place: visit.place, record: read.pot.potId }),
      title,
      day,
      error,
    },
    status: error === undefined ? 200 : 400,
  });
}

function errorText(
  words: MoneyWords,
  the: { readonly wrong: Shown["wrong"]; readonly day: string; readonly opened: string },
): string | undefined {
  if (the.wrong === "day") return words("asAtWrong", { day: the.day });
  return the.wrong === "early" ? words("asAtEarly", { opened: the.opened, day: the.day }) : undefined;
}

function modelOf(visit: Visit, { read, words }: { readonly read: Read; readonly words: MoneyWords }) {
  const { language, to } = visit;
  const { figures, pot } = read;
  const shadow = pot.book === "shadow";
  const values = { left: formatPounds(figures.leftPence), in: formatPounds(figures.contributedPence) };
  const payments = read.payments.slice(0, PAYMENTS_SHOWN);
  const newest = words("newest", { count: payments.length });
  const cut = (table: MoneyTable, href: string) => cutTable(words, { table, href });
  const ofKind = (kind: string) => to.statement(pot.slug, { kind });
  return {
    w: words,
    b: bankWords(language),
    ...presentSteps(read, visit),
    rules: presentPotRules(read, visit),
    to,
    slug: pot.slug,
    more: moreActs(read, visit),
    asAt: read.asAt,
    reader: read.reader,
    record: { id: pot.potId, kind: "pot" },
    shadow,
    empty: figures.contributedPence === 0n && read.contributions.length === 0,
    lead: words(shadow ? "potWhatShadow" : "potWhat", values),
    modeText: words(MODE_TEXTS[pot.mode]),
    purpose: pot.purpose,
    about: aboutOf(read, { visit, words }),
    figures: figuresOf(read, { ...visit, words }),
    elsewhere: resolveWords(language)("elsewhereTitle"),
    resolve: resolveOf(read, { visit, resolvePence: figures.toResolvePence }),
    source: words("sourceLedger", { day: formatDay(language, read.asAt as Day) }),
    chart: drawPot({ pot: read, commitments: read.commitments }, visit),
    streams: streamsOfPot(read, visit),
    handovers: read.handovers.length === 0 ? null : handoversTable(read, visit),
    contributions: cut(contributionsTable(read, visit), ofKind("contribution")),
    allocations: read.allocations.length === 0 ? null : cut(allocationsTable(read, visit), ofKind("allocation")),
    commitments:
      read.commitments.length === 0
        ? null
        : cut(
            commitmentsTable(read.commitments, { ...visit, caption: words("commitments"), total: true, pot: false }),
            to.commitments({ pot: pot.slug }),
          ),
    payments:
      payments.length === 0 ? null : paymentsTable(payments, { ...visit, caption: newest, total: false, pot: false }),
    paymentsHref: to.payments({ pot: pot.slug }),
  };
}

/** What can be recorded here beside the steps of the pound. */
function moreActs({ pot, parts, mayOpenBank }: Read, { language, to }: Visit) {
  const words = bankWords(language);
  const act = (key: "virement" | "precommit" | "release" | "step", href: string) => ({ text: words(key), href });
  return [
    act("virement", to.newRecord(pot.slug, "virements")),
    act("precommit", to.newRecord(pot.slug, "precommitments")),
    act("release", to.newRecord(pot.slug, "releases")),
    { text: accrualWords(language)("record"), href: to.newRecord(pot.slug, "accruals") },
    ...(pot.mode === "delegated" ? [] : [act("step", to.step(pot.slug))]),
    ...(pot.parentId !== null || parts.length > 0
      ? [{ text: words("handover"), href: to.newRecord(pot.slug, "handovers") }]
      : []),
    ...(pot.parentId === null ? [{ text: words("openPart"), href: to.newPart(pot.slug) }] : []),
    ...(mayOpenBank ? [{ text: deskMessages(language)("bankTitle"), href: to.openBank(pot.slug) }] : []),
  ];
}

function aboutOf({ pot, bank }: Read, { visit, words }: { readonly visit: Visit; readonly words: MoneyWords }) {
  const fact = (label: string, text: string, href?: string) => ({ label, text, href });
  return [
    fact(words("mode"), modeName(words, pot.mode)),
    fact(words("host"), pot.host, visit.to.trace(pot.hostId)),
    fact(words("area"), pot.area ?? words("wholePlace")),
    fact(words("openedOn"), formatDay(visit.language, pot.openedOn as Day)),
    ...(bank === null ? [] : [fact(deskMessages(visit.language)("bankAccount"), bankText(visit.language, bank))]),
    ...(pot.madeUp ? [fact(words("source"), words("madeUpText"))] : []),
  ];
}

/** What was paid elsewhere and nobody has borne: said beside what is left, never hidden in it. */
function resolveOf(read: Read, the: { readonly visit: Visit; readonly resolvePence: bigint }) {
  const { language, to } = the.visit;
  const words = resolveWords(language);
  if (the.resolvePence === 0n) return null;
  const href = read.reader.mayReadLedger ? to.resolve({ pot: read.pot.slug }) : null;
  return { text: words("toResolveText", { amount: formatPounds(the.resolvePence) }), href, link: words("seeResolve") };
}

/** What of the figure came from, or went to, the pot that it is part of or its parts: said apart, and in the figure once. */
function handedNotes({ pot, handovers }: Read, language: Visit["language"]): readonly string[] {
  const words = bankWords(language);
  const sum = (way: "in" | "out") =>
    handovers.reduce((total, one) => (one.way === way && !one.reversed ? total + one.amountPence : total), 0n);
  const isPart = pot.parentId !== null;
  const [into, out] = [sum("in"), sum("out")];
  return [
    ...(into > 0n ? [words(isPart ? "fromWhole" : "fromParts", { amount: formatPounds(into) })] : []),
    ...(out > 0n ? [words(isPart ? "toWhole" : "toParts", { amount: formatPounds(out) })] : []),
  ];
}

function figuresOf(read: Read, { language, to, words }: Visit & { readonly words: MoneyWords }) {
  const { figures, pot } = read;
  const shadow = pot.book === "shadow";
  const base = { linkText: words("openRecords"), shadow };
  const live = <T extends { readonly reversed: boolean }>(records: readonly T[]) =>
    records.filter(({ reversed }) => !reversed).length;
  const money = (label: string, pence: bigint, href: string) => ({
    ...base,
    label,
    value: formatMoney(pence, "short"),
    exact: formatPounds(pence),
    href,
  });
  const left = words("leftNote", {
    unallocated: formatPounds(figures.unallocatedPence),
    uncommitted: formatPounds(figures.allocatedPence - figures.committedPence),
    unpaid: formatPounds(figures.committedPence - figures.paidPence + figures.toResolvePence),
  });
  const streams = read.streams.filter(({ contributedPence }) => contributedPence > 0n).length;
  const percent = percentOf(figures.paidPence - figures.toResolvePence, figures.committedPence);
  return {
    flow: [
      {
        ...money(words("figureIn"), figures.contributedPence, "#contributions"),
        compare: [words("inNote", { count: streams }), ...handedNotes(read, language)].join(". "),
      },
      {
        ...money(words("figureAllocated"), figures.allocatedPence, "#allocations"),
        compare: words("allocatedNote", { count: live(read.allocations) }),
      },
      {
        ...money(words("figureCommitted"), figures.committedPence, to.commitments({ pot: pot.slug })),
        compare: words("committedNote", { count: live(read.commitments) }),
      },
      {
        ...money(words("figurePaid"), figures.paidPence, to.payments({ pot: pot.slug })),
        compare: words("ofCommitted", { percent }),
      },
    ],
    left: { ...money(words("figureLeft"), figures.leftPence, "#streams"), compare: left },
  };
}
