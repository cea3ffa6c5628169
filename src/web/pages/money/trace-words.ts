/** Words of "follow the pound", in both languages. The Welsh awaits a translator's check. */
import { openMessages } from "../../messages/translate.ts";

const en = {
  follow: "Follow the pound",
  lead: "{{amount}} followed from where it came to where it went.",
  leadNoAmount: "Where its money came from, and where it went.",
  cameFrom: "Where it came from",
  here: "You are here",
  wentTo: "Where it went",
  of: "{{share}} of {{whole}}",
  decidedBy: "Decided by",
  from: "From",
  to: "To",
  reversed: "reversed",
  madeUp: "made up",
  shadow: "shadow",
  real: "real",
  stops: "The chain stops here",
  more: {
    one: "{{count}} more record of {{amount}} is not shown here. Open one of those above it to see it.",
    other: "{{count}} more records, together {{amount}}, are not shown here. Open one of those above them to see them.",
  },
  showRest: { one: "Show {{count}} more", other: "Show {{count}} more" },
  stageCount: { one: "{{count}} record", other: "{{count}} records" },
  nothingUp: "This is where the money begins.",
  nothingDown: "This is where the chain ends.",
  alsoSeen: "See also",
  reverse: "Reverse this record",
  stream: "Stream",
  streams: "Streams",
  contribution: "Contribution",
  contributions: "Contributions",
  pot: "Pot",
  pots: "Pots",
  allocation: "Allocation",
  allocations: "Allocations",
  commitment: "Commitment",
  commitments: "Commitments",
  payment: "Payment",
  payments: "Payments",
  resolve_item: "Item to resolve",
  resolve_items: "Items to resolve",
  service: "Service",
  services: "Services",
  partner: "Partner",
  partners: "Partners",
  spend_line: "Published payment",
  spend_lines: "Published payments",
  openRecord: "Open its page",
  shadowBanner: "No money has moved. This chain shows what each partner would pay and get.",
} as const;

const cy = {
  follow: "Dilyn y bunt",
  lead: "{{amount}} wedi'i ddilyn o ble y daeth i ble'r aeth.",
  leadNoAmount: "O ble y daeth ei arian, ac i ble'r aeth.",
  cameFrom: "O ble y daeth",
  here: "Rydych chi yma",
  wentTo: "I ble'r aeth",
  of: "{{share}} o {{whole}}",
  decidedBy: "Penderfynwyd gan",
  from: "O",
  to: "I",
  reversed: "gwrthdrowyd",
  madeUp: "dychmygol",
  shadow: "cysgodol",
  real: "go iawn",
  stops: "Mae'r gadwyn yn stopio yma",
  more: {
    one: "Ni ddangosir {{count}} cofnod arall o {{amount}} yma. Agorwch un o'r rhai uwch ei ben i'w weld.",
    other:
      "Ni ddangosir {{count}} o gofnodion eraill, {{amount}} gyda'i gilydd, yma. Agorwch un o'r rhai uwch eu pennau i'w gweld.",
  },
  showRest: { one: "Dangos {{count}} arall", other: "Dangos {{count}} arall" },
  stageCount: { one: "{{count}} cofnod", other: "{{count}} o gofnodion" },
  nothingUp: "Dyma lle mae'r arian yn dechrau.",
  nothingDown: "Dyma lle mae'r gadwyn yn gorffen.",
  alsoSeen: "Gweler hefyd",
  reverse: "Gwrthdroi'r cofnod hwn",
  stream: "Ffrwd",
  streams: "Ffrydiau",
  contribution: "Cyfraniad",
  contributions: "Cyfraniadau",
  pot: "Cronfa",
  pots: "Cronfeydd",
  allocation: "Dyraniad",
  allocations: "Dyraniadau",
  commitment: "Ymrwymiad",
  commitments: "Ymrwymiadau",
  payment: "Taliad",
  payments: "Taliadau",
  resolve_item: "Eitem i'w datrys",
  resolve_items: "Eitemau i'w datrys",
  service: "Gwasanaeth",
  services: "Gwasanaethau",
  partner: "Partner",
  partners: "Partneriaid",
  spend_line: "Taliad cyhoeddedig",
  spend_lines: "Taliadau cyhoeddedig",
  openRecord: "Agor ei dudalen",
  shadowBanner:
    "Ni symudodd unrhyw arian. Mae'r gadwyn hon yn dangos yr hyn y byddai pob partner yn ei dalu ac yn ei gael.",
} as const;

export const traceWords = openMessages({ en, cy });
export type TraceWords = ReturnType<typeof traceWords>;

const KINDS = [
  "stream",
  "contribution",
  "pot",
  "allocation",
  "commitment",
  "payment",
  "resolve_item",
  "service",
  "partner",
  "spend_line",
] as const;
type TraceKind = (typeof KINDS)[number];

/** A kind of record in words; one that a later subject adds is shown by its own name. */
export function kindName(words: TraceWords, the: { readonly kind: string; readonly count?: number }): string {
  const { kind, count = 1 } = the;
  const known = KINDS.find((one): one is TraceKind => one === kind);
  if (known === undefined) return kind.replaceAll("_", " ");
  return count === 1 ? words(known) : words(`${known}s`);
}
