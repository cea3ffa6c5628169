/** How the ledger's records read when a pound is followed through them, in both languages. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import type { SuppressedCount } from "../places/index.ts";
import type { TracedLink, TracedRecord, TracedStop, Words } from "../platform/traced.ts";
import type { Described } from "./store/lineage.ts";
import type { Book } from "./store/pots.ts";

export const LEDGER_KINDS = [
  "stream",
  "contribution",
  "pot",
  "allocation",
  "commitment",
  "payment",
  "virement",
  "handover",
  "release",
  "credit_note",
  "resolve_item",
  "service",
  "partner",
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

const same = (text: string): Words => ({ en: text, cy: text });

const dayWords = (day: Day | null): Words | null =>
  day === null ? null : { en: formatDay("en", day), cy: formatDay("cy", day) };

const MODES: Readonly<Record<string, Words>> = {
  aligned: { en: "aligned: each partner keeps its money", cy: "wedi'i halinio: mae pob partner yn cadw ei arian" },
  shadow: { en: "shadow: nobody's money moves", cy: "cysgodol: nid oes arian neb yn symud" },
  pooled: { en: "pooled: money in one fund", cy: "cyfun: arian mewn un gronfa" },
  delegated: { en: "delegated: a committee holds the budget", cy: "dirprwyedig: pwyllgor sy'n dal y gyllideb" },
  award: { en: "award", cy: "dyfarniad" },
  order: { en: "order", cy: "archeb" },
  grant: { en: "grant", cy: "grant" },
};

const LABELS = {
  payer: { en: "Paid by", cy: "Telir gan" },
  host: { en: "Host", cy: "Lletywr" },
  supplier: { en: "Supplier", cy: "Cyflenwr" },
  provider: { en: "Provider", cy: "Darparwr" },
  service: { en: "Service", cy: "Gwasanaeth" },
  stream: { en: "Stream", cy: "Ffrwd" },
  power: { en: "Power", cy: "Pŵer" },
  mode: { en: "Mode", cy: "Modd" },
  kind: { en: "Kind", cy: "Math" },
  reference: { en: "Reference", cy: "Cyfeirnod" },
  ends: { en: "Ends on", cy: "Yn dod i ben ar" },
  tax: { en: "Tax recovered", cy: "Treth a adenillwyd" },
  taxBack: { en: "Recovered tax that is credited", cy: "Treth a adenillwyd ac a gredydir" },
} as const satisfies Record<string, Words>;

const PARTNER_LABELS: Readonly<Partial<Record<LedgerKind, Words>>> = {
  stream: LABELS.payer,
  contribution: LABELS.payer,
  pot: LABELS.host,
  commitment: LABELS.supplier,
  release: LABELS.supplier,
  credit_note: LABELS.supplier,
  payment: LABELS.supplier,
  resolve_item: LABELS.supplier,
  service: LABELS.provider,
};

const WORDS: Readonly<Record<LedgerKind, (one: Described) => Words>> = {
  stream: (one) => ({ en: `Funding stream of ${one.partner}`, cy: `Ffrwd ariannu ${one.partner}` }),
  contribution: (one) => ({ en: `To ${one.words}`, cy: `I ${one.wordsWelsh ?? one.words}` }),
  pot: (one) => ({ en: one.words || "Pot", cy: one.words || "Cronfa" }),
  allocation: (one) => ({
    en: one.words || `Decided by ${one.decidedBy}`,
    cy: one.words || `Penderfynwyd gan ${one.decidedBy}`,
  }),
  commitment: (one) => ({ en: `For ${one.service}`, cy: `Ar gyfer ${one.serviceWelsh ?? one.service}` }),
  payment: (one) => ({ en: `Payment for ${one.service}`, cy: `Taliad am ${one.serviceWelsh ?? one.service}` }),
  virement: (one) => ({ en: one.words, cy: one.words }),
  handover: (one) => ({ en: one.words, cy: one.words }),
  release: (one) => ({ en: one.words, cy: one.words }),
  credit_note: (one) => ({ en: one.words, cy: one.words }),
  resolve_item: (one) =>
    one.words === ""
      ? { en: "Paid elsewhere, of no stream's money", cy: "Talwyd mewn man arall, nid o arian unrhyw ffrwd" }
      : {
          en: `Paid elsewhere, outside the conditions of ${one.words}`,
          cy: `Talwyd mewn man arall, y tu allan i amodau ${one.wordsWelsh ?? one.words}`,
        },
  service: (one) => ({ en: one.words || "Service", cy: one.words || "Gwasanaeth" }),
  partner: () => ({ en: "Partner of this place", cy: "Partner y lle hwn" }),
};

/** A record is called by its name; a contribution by the stream it came from, so that it is not taken for its pot. */
function titleOf(kind: LedgerKind, { name, nameWelsh }: Described): Words {
  const welsh = nameWelsh ?? name;
  if (kind === "contribution") return { en: `Contribution from ${name}`, cy: `Cyfraniad o ${welsh}` };
  if (kind === "virement") return { en: `Virement from ${name}`, cy: `Trosglwyddiad cyllideb o ${welsh}` };
  if (kind === "handover") return { en: `Handed over by ${name}`, cy: `Rhoddwyd gan ${welsh}` };
  if (kind === "release") return { en: `Released from ${name}`, cy: `Rhyddhawyd o ${welsh}` };
  if (kind === "credit_note") return { en: `Credit note from ${name}`, cy: `Nodyn credyd gan ${welsh}` };
  if (kind === "resolve_item") return { en: `To resolve: ${name}`, cy: `I'w ddatrys: ${welsh}` };
  return { en: name, cy: welsh };
}

export function presentRecord(kind: LedgerKind, one: Described): TracedRecord {
  const fact = (label: Words, value: Words | string | null) =>
    value === null || value === "" ? [] : [{ label, value: typeof value === "string" ? same(value) : value }];
  const partnerLabel = PARTNER_LABELS[kind];
  return {
    kind,
    id: one.id,
    title: titleOf(kind, one),
    amountPence: one.amountPence,
    date: one.day as Day | null,
    words: WORDS[kind](one),
    decidedBy: one.decidedBy,
    book: one.book,
    madeUp: one.madeUp,
    reversed: one.reversed,
    facts: [
      ...(partnerLabel ? fact(partnerLabel, one.partner) : []),
      ...fact(LABELS.service, one.service === null ? null : { en: one.service, cy: one.serviceWelsh ?? one.service }),
      ...fact(LABELS.power, one.power),
      ...fact(
        kind === "commitment" ? LABELS.kind : LABELS.mode,
        one.mode === null ? null : (MODES[one.mode] ?? one.mode),
      ),
      ...fact(LABELS.reference, one.reference),
      ...fact(LABELS.ends, dayWords(one.endsOn)),
      ...fact(
        kind === "credit_note" ? LABELS.taxBack : LABELS.tax,
        one.vatPence === null || one.vatPence === 0n ? null : formatPounds(one.vatPence),
      ),
    ],
    links: linksOf(one),
  };
}

function linksOf(one: Described): readonly TracedLink[] {
  const links: TracedLink[] = [];
  if (one.partnerId !== null) links.push({ kind: "partner", id: one.partnerId, title: same(one.partner ?? "") });
  if (one.spendLine !== null) {
    const row = one.spendLine.split(".")[1] ?? "";
    links.push({
      kind: "spend_line",
      id: one.spendLine,
      title: { en: `The published payment, row ${row}`, cy: `Y taliad cyhoeddedig, rhes ${row}` },
    });
  }
  return links;
}

const RESTS = {
  stream: { en: "not yet put into a pot", cy: "heb ei roi mewn cronfa eto" },
  pot: { en: "in the pot, not yet allocated", cy: "yn y gronfa, heb ei ddyrannu eto" },
  allocation: { en: "allocated, not yet committed", cy: "wedi'i ddyrannu, heb ei ymrwymo eto" },
  commitment: { en: "committed, not yet spent", cy: "wedi'i ymrwymo, heb ei wario eto" },
} as const satisfies Record<string, Words>;

export function restStop(kind: keyof typeof RESTS, amountPence: Pence): TracedStop {
  const amount = formatPounds(amountPence);
  return { amountPence, words: { en: `${amount} ${RESTS[kind].en}`, cy: `${amount} ${RESTS[kind].cy}` } };
}

/** Money that came or went by a journal or at a year's end: the ledger has its lines. */
export function otherwiseStop(direction: "in" | "out", amountPence: Pence): TracedStop {
  const amount = formatPounds(amountPence);
  return direction === "in"
    ? {
        amountPence,
        words: {
          en: `${amount} came by a journal: see the ledger`,
          cy: `Daeth ${amount} drwy ddyddlyfr: gweler y llyfr`,
        },
      }
    : {
        amountPence,
        words: {
          en: `${amount} moved by a journal: see the ledger`,
          cy: `Symudwyd ${amount} drwy ddyddlyfr: gweler y llyfr`,
        },
      };
}

/** Part of the payment came back; the branch still carries what was paid. */
export function creditedStop(the: { readonly amountPence: Pence; readonly reason: string }): TracedStop {
  const amount = formatPounds(the.amountPence);
  return {
    amountPence: null,
    words: { en: `${amount} was credited back: ${the.reason}`, cy: `Credydwyd ${amount} yn ôl: ${the.reason}` },
  };
}

/** The pot before or after a step towards real control. */
export function potLink(the: {
  readonly otherId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly way: "follows" | "followed";
}): TracedLink {
  const welsh = the.nameWelsh ?? the.name;
  const title =
    the.way === "follows"
      ? { en: `Goes on from ${the.name}`, cy: `Yn parhau o ${welsh}` }
      : { en: `Goes on in ${the.name}`, cy: `Yn parhau yn ${welsh}` };
  return { kind: "pot", id: the.otherId, title };
}

/** What nobody has borne of an item to resolve. */
export function unborneStop(amountPence: Pence): TracedStop {
  const amount = formatPounds(amountPence);
  return { amountPence, words: { en: `${amount} not yet borne by anybody`, cy: `${amount} heb ei ddwyn gan neb eto` } };
}

const STREAM_RESTS: Readonly<Record<Book, Words>> = {
  real: { en: "not yet put into a pot", cy: "heb ei roi mewn cronfa eto" },
  shadow: { en: "not yet promised", cy: "heb ei addo eto" },
};
const BOOK_NAMES: Readonly<Record<Book, Words>> = {
  real: { en: "real", cy: "go iawn" },
  shadow: { en: "shadow", cy: "cysgodol" },
};

/** What a stream has left in one book; the book is named where the stream gave in the shadow book too. */
export function streamRestStop(book: Book | null, amountPence: Pence): TracedStop {
  if (book === null) return restStop("stream", amountPence);
  const amount = formatPounds(amountPence);
  const [name, rest] = [BOOK_NAMES[book], STREAM_RESTS[book]];
  return {
    amountPence,
    words: { en: `${name.en}: ${amount} ${rest.en}`, cy: `${name.cy}: ${amount} ${rest.cy}` },
  };
}

const ASK: Words = {
  en: "To learn more, ask the information governance lead.",
  cy: "I wybod mwy, gofynnwch i'r arweinydd llywodraethu gwybodaeth.",
};

const COUNTS: Readonly<Record<SuppressedCount["kind"], (count: number) => Words>> = {
  none: () => ({ en: "no families reached", cy: "ni chyrhaeddwyd unrhyw deulu" }),
  fewer: (count) => ({ en: `fewer than ${count} families reached`, cy: `cyrhaeddwyd llai na ${count} o deuluoedd` }),
  about: (count) => ({ en: `about ${count} families reached`, cy: `cyrhaeddwyd tua ${count} o deuluoedd` }),
};

/** Where finance readers stop: the families of a service, as a suppressed count. */
export function familiesStop(
  reach: { readonly count: SuppressedCount; readonly startsOn: Day; readonly endsOn: Day } | null,
): TracedStop {
  if (reach === null)
    return {
      amountPence: null,
      words: {
        en: `Finance readers stop here. No count of families has been reported yet. ${ASK.en}`,
        cy: `Mae darllenwyr cyllid yn stopio yma. Nid oes cyfrif o deuluoedd wedi'i adrodd eto. ${ASK.cy}`,
      },
    };
  const number = reach.count.kind === "about" ? reach.count.count : reach.count.kind === "fewer" ? reach.count.than : 0;
  const words = COUNTS[reach.count.kind](number);
  return {
    amountPence: null,
    words: {
      en: `Finance readers stop here: ${words.en} from ${formatDay("en", reach.startsOn)} to ${formatDay("en", reach.endsOn)}. ${ASK.en}`,
      cy: `Mae darllenwyr cyllid yn stopio yma: ${words.cy} rhwng ${formatDay("cy", reach.startsOn)} a ${formatDay("cy", reach.endsOn)}. ${ASK.cy}`,
    },
  };
}
