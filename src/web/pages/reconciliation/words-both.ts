/** Words of the pages beside the council's ledger that are in both languages: codes from a file, a pot's own bank account. The Welsh awaits a translator's check. */
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { openMessages } from "../../messages/translate.ts";
import { formatDay } from "../../shell/formats.ts";

const en = {
  importCodes: "Take in codes from a file",
  importLead:
    "Take the list out, change it in a spreadsheet and send it back. Nothing is taken in if one row is wrong: each fault is shown by row and column.",
  ruleThere: "A row that is here already changes nothing.",
  ruleEnds: "A code that is here without a last day ends on the day that you give as ends_on.",
  ruleNew: "Every other row is a new code.",
  ruleLeft: "A code that is not in the file stays as it is.",
  columns: "Columns",
  columnsText:
    "body and pot by name; allocation_id and service_id only where the code stands for one allocation or service; at least one of cost_centre, subjective and project; subjective_group from 1 to 10; starts_on, and ends_on where it has one.",
  asItStands: "The list as it stands",
  template: "Empty template",
  csv: "CSV",
  xlsx: "XLSX",
  file: "File of codes",
  fileHint: "CSV or XLSX with the headings of the list, 2,000 rows and 2 MB at most",
  takeIn: "Take them in",
  cancel: "Cancel",
  noFile: "Choose a file",
  tooLarge: "The file is larger than 2 MB. Split it into smaller files",
  notSent: "The file did not arrive whole. Send it again",
  faults: "What cannot be taken in",
  row: "Row",
  column: "Column",
  value: "What stands there",
  reason: "Why",
  more: "Only the first {{count}} faults are shown.",
  taken: { one: "{{count}} code was taken in.", other: "{{count}} codes were taken in." },
  takenEnded: { one: "{{count}} code has ended.", other: "{{count}} codes have ended." },
  takenAlready: { one: "{{count}} was here already.", other: "{{count}} were here already." },
  bankTitle: "Record the pot's own bank account",
  bankLead:
    "For a pot whose money stands in an account of its own at a bank. The account's statements can then be taken in and reconciled. Only the last four digits of its number are kept.",
  bankNone:
    "Each pot in which money moves has its bank account recorded already, or there is no such pot. Nobody's money moves in an aligned or shadow pot, so it has none.",
  bankPot: "Pot",
  bankKind: "Kind of account",
  current: "Current account",
  deposit: "Deposit account",
  lastFour: "Last four digits of the account's number",
  bankSince: "Since when the pot has had it",
  bankSave: "Record the account",
  bankDone: "The account is recorded. Its statements can be taken in now.",
  bankAccount: "Bank account",
  bankShown: "{{kind}}, number ending {{lastFour}}, since {{day}}",
  bankFirst: "The statement of a pot's own bank account can be taken in once the account is recorded.",
  banks: "Bank accounts of pots",
  banksNone: "No pot's own bank account is recorded.",
} as const;

const cy = {
  importCodes: "Cymryd codau i mewn o ffeil",
  importLead:
    "Tynnwch y rhestr allan, newidiwch hi mewn taenlen a'i hanfon yn ôl. Ni chymerir dim i mewn os yw un rhes yn anghywir: dangosir pob gwall yn ôl rhes a cholofn.",
  ruleThere: "Nid yw rhes sydd yma eisoes yn newid dim.",
  ruleEnds: "Mae cod sydd yma heb ddiwrnod olaf yn dod i ben ar y diwrnod a roddwch yn ends_on.",
  ruleNew: "Mae pob rhes arall yn god newydd.",
  ruleLeft: "Mae cod nad yw yn y ffeil yn aros fel y mae.",
  columns: "Colofnau",
  columnsText:
    "body a pot wrth eu henwau; allocation_id a service_id dim ond lle mae'r cod yn sefyll dros un dyraniad neu wasanaeth; o leiaf un o cost_centre, subjective a project; subjective_group o 1 i 10; starts_on, ac ends_on lle mae un.",
  asItStands: "Y rhestr fel y mae",
  template: "Templed gwag",
  csv: "CSV",
  xlsx: "XLSX",
  file: "Ffeil o godau",
  fileHint: "CSV neu XLSX gyda phenawdau'r rhestr, 2,000 o resi a 2 MB ar y mwyaf",
  takeIn: "Eu cymryd i mewn",
  cancel: "Canslo",
  noFile: "Dewiswch ffeil",
  tooLarge: "Mae'r ffeil yn fwy na 2 MB. Rhannwch hi'n ffeiliau llai",
  notSent: "Ni chyrhaeddodd y ffeil yn gyfan. Anfonwch hi eto",
  faults: "Yr hyn na ellir ei gymryd i mewn",
  row: "Rhes",
  column: "Colofn",
  value: "Yr hyn sydd yno",
  reason: "Pam",
  more: "Dim ond y {{count}} gwall cyntaf a ddangosir.",
  taken: {
    one: "Cymerwyd {{count}} cod i mewn.",
    two: "Cymerwyd {{count}} god i mewn.",
    other: "Cymerwyd {{count}} cod i mewn.",
  },
  takenEnded: {
    one: "Daeth {{count}} cod i ben.",
    two: "Daeth {{count}} god i ben.",
    other: "Daeth {{count}} cod i ben.",
  },
  takenAlready: { one: "Roedd {{count}} yma eisoes.", other: "Roedd {{count}} yma eisoes." },
  bankTitle: "Cofnodi cyfrif banc y gronfa ei hun",
  bankLead:
    "Ar gyfer cronfa y mae ei harian mewn cyfrif ei hun mewn banc. Wedyn gellir cymryd cyfriflenni'r cyfrif i mewn a'u cysoni. Dim ond pedwar digid olaf ei rif a gedwir.",
  bankNone:
    "Mae cyfrif banc pob cronfa y mae arian yn symud ynddi wedi'i gofnodi eisoes, neu nid oes cronfa o'r fath. Nid oes arian neb yn symud mewn cronfa wedi'i halinio neu gronfa gysgodol, felly nid oes ganddi un.",
  bankPot: "Cronfa",
  bankKind: "Math o gyfrif",
  current: "Cyfrif cyfredol",
  deposit: "Cyfrif cadw",
  lastFour: "Pedwar digid olaf rhif y cyfrif",
  bankSince: "Ers pryd y mae gan y gronfa'r cyfrif",
  bankSave: "Cofnodi'r cyfrif",
  bankDone: "Mae'r cyfrif wedi'i gofnodi. Gellir cymryd ei gyfriflenni i mewn yn awr.",
  bankAccount: "Cyfrif banc",
  bankShown: "{{kind}}, rhif sy'n gorffen â {{lastFour}}, ers {{day}}",
  bankFirst: "Gellir cymryd cyfriflen cyfrif banc cronfa ei hun i mewn unwaith y bydd y cyfrif wedi'i gofnodi.",
  banks: "Cyfrifon banc cronfeydd",
  banksNone: "Nid oes cyfrif banc cronfa ei hun wedi'i gofnodi.",
} as const;

export const deskMessages = openMessages({ en, cy });
export type DeskMessages = ReturnType<typeof deskMessages>;

type Account = { readonly accountKind: "current" | "deposit"; readonly lastFour: string; readonly openedOn: string };

/** A pot's own account as every page says it: its kind, the last four digits and since when. */
export function bankText(language: Language, { accountKind, lastFour, openedOn }: Account): string {
  const words = deskMessages(language);
  const day = formatDay(language, openedOn as Day);
  return words("bankShown", { kind: words(accountKind), lastFour, day });
}
