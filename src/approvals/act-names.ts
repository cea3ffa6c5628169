/** What each kind of act is called, on pages and in messages. The Welsh awaits a translator's check. */
import type { Language } from "../lib/language.ts";
import type { ActKind } from "../platform/use-case/index.ts";

const en = {
  contribution: "Contribution",
  allocation: "Allocation",
  commitment: "Commitment",
  payment: "Payment",
  reversal: "Reversal",
  virement: "Virement",
  release: "Release",
  credit_note: "Credit note",
  paid_elsewhere: "Paid elsewhere",
  clearing: "Cleared item",
  journal: "Journal",
  accrual: "Accrual",
  handover: "Handed between a pot and its part",
  carry_forward: "Carry forward",
  step: "Step of a pot",
  close: "Close of a period",
} as const satisfies Record<ActKind, string>;

const cy = {
  contribution: "Cyfraniad",
  allocation: "Dyraniad",
  commitment: "Ymrwymiad",
  payment: "Taliad",
  reversal: "Gwrthdroad",
  virement: "Trosglwyddiad cyllideb",
  release: "Rhyddhad",
  credit_note: "Nodyn credyd",
  paid_elsewhere: "Talwyd mewn man arall",
  clearing: "Eitem a ddatryswyd",
  journal: "Cofnod dyddlyfr",
  accrual: "Croniad",
  handover: "Rhoddwyd rhwng cronfa a'i rhan",
  carry_forward: "Cario ymlaen",
  step: "Cam cronfa",
  close: "Cau cyfnod",
} as const satisfies Record<ActKind, string>;

export const ACT_NAMES = { en, cy } as const satisfies Record<Language, Record<ActKind, string>>;
