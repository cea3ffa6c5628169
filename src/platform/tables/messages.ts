/** The words for each refusal of a table, in English and Welsh. A code without words does not compile. */
import type { Language } from "../../lib/language.ts";
import type { FileLook, TableRefusal, TableRefusalCode } from "./refusals.ts";

type Detail<Code extends TableRefusalCode> = Extract<TableRefusal, { readonly code: Code }>;
export type TableMessages = { readonly [Code in TableRefusalCode]: (detail: Detail<Code>) => string };

const LOOKS: Record<Language, Record<FileLook, string>> = {
  en: {
    pdf: "a PDF",
    web_page: "a web page",
    old_excel: "an old Excel file (.xls), or an Excel file locked with a password",
    open_document: "an OpenDocument file (.ods)",
    zip: "a zip file",
    picture: "a picture",
    program_data: "not text",
  },
  cy: {
    pdf: "PDF",
    web_page: "tudalen we",
    old_excel: "hen ffeil Excel (.xls), neu ffeil Excel wedi’i chloi â chyfrinair",
    open_document: "ffeil OpenDocument (.ods)",
    zip: "ffeil zip",
    picture: "llun",
    program_data: "rhywbeth heblaw testun",
  },
};

const number = (value: number): string => value.toLocaleString("en-GB");
const megabytes = (bytes: number): string => `${number(Math.round(bytes / 1024 ** 2))} MB`;

const english: TableMessages = {
  file_empty: () => "The file is empty. Choose a file that has rows in it.",
  file_not_found: () => "There is no file there, or it cannot be opened. Check its name and try again.",
  file_too_large: (d) => `The file is larger than ${megabytes(d.limitBytes)}. Split it into smaller files.`,
  file_not_a_table: (d) => `The file looks like ${LOOKS.en[d.looksLike]}. Save it as CSV or XLSX and choose it again.`,
  file_encoding: () =>
    "The file’s letters cannot be read. Save it as “CSV UTF-8” from your spreadsheet and choose it again.",
  file_has_nul: (d) =>
    `The file has an unreadable character (NUL) at byte ${number(d.atByte)}. Save it again as “CSV UTF-8”.`,
  too_many_rows: (d) => `The file has more than ${number(d.limit)} rows. Split it into smaller files.`,
  too_many_columns: (d) =>
    `Row ${number(d.row)} has more than ${number(d.limit)} columns. Remove the columns that are not needed.`,
  row_too_long: (d) =>
    `Row ${number(d.row)} is longer than ${number(d.limit)} characters. Check that each payment is on a line of its own.`,
  cell_too_long: (d) => `A cell in row ${number(d.row)} is longer than ${number(d.limit)} characters. Shorten it.`,
  quote_not_closed: (d) =>
    `Row ${number(d.row)} opens a quotation mark that is never closed. Close it, or write it twice if it is part of the text.`,
  zip_expands_too_far: (d) =>
    `The spreadsheet grows to more than ${megabytes(d.limitBytes)} when it is opened. Save the sheet as CSV instead.`,
  xlsx_broken: (d) =>
    `The spreadsheet is damaged (${d.part}). Open it in your spreadsheet program, save it again and choose it.`,
  xlsx_has_entities: (d) =>
    `The spreadsheet holds definitions that are not allowed (${d.part}). Save the sheet as CSV instead.`,
  xlsx_too_much_text: (d) =>
    `The spreadsheet holds more than ${megabytes(d.limitBytes)} of different texts. Save the sheet as CSV instead.`,
  xlsx_locked: () => "The spreadsheet is locked with a password. Save it without one and choose it again.",
  sheet_not_found: (d) => `There is no sheet called “${d.sheet}”. The file has: ${d.sheets.join(", ")}.`,
};

const welsh: TableMessages = {
  file_empty: () => "Mae’r ffeil yn wag. Dewiswch ffeil sydd â rhesi ynddi.",
  file_not_found: () => "Nid oes ffeil yno, neu ni ellir ei hagor. Gwiriwch yr enw a rhowch gynnig arall arni.",
  file_too_large: (d) => `Mae’r ffeil yn fwy na ${megabytes(d.limitBytes)}. Rhannwch hi’n ffeiliau llai.`,
  file_not_a_table: (d) =>
    `Mae’r ffeil yn edrych fel ${LOOKS.cy[d.looksLike]}. Cadwch hi fel CSV neu XLSX a’i dewis eto.`,
  file_encoding: () => "Ni ellir darllen llythrennau’r ffeil. Cadwch hi fel “CSV UTF-8” o’ch taenlen a’i dewis eto.",
  file_has_nul: (d) =>
    `Mae nod na ellir ei ddarllen (NUL) yn y ffeil wrth beit ${number(d.atByte)}. Cadwch hi eto fel “CSV UTF-8”.`,
  too_many_rows: (d) => `Mae gan y ffeil fwy na ${number(d.limit)} o resi. Rhannwch hi’n ffeiliau llai.`,
  too_many_columns: (d) =>
    `Mae gan res ${number(d.row)} fwy na ${number(d.limit)} o golofnau. Tynnwch y colofnau nad oes eu hangen.`,
  row_too_long: (d) =>
    `Mae rhes ${number(d.row)} yn hirach na ${number(d.limit)} o nodau. Gwiriwch fod pob taliad ar ei linell ei hun.`,
  cell_too_long: (d) => `Mae cell yn rhes ${number(d.row)} yn hirach na ${number(d.limit)} o nodau. Cwtogwch hi.`,
  quote_not_closed: (d) =>
    `Mae rhes ${number(d.row)} yn agor dyfynnod nad yw byth yn cael ei gau. Caewch ef, neu ysgrifennwch ef ddwywaith os yw’n rhan o’r testun.`,
  zip_expands_too_far: (d) =>
    `Mae’r daenlen yn tyfu i fwy na ${megabytes(d.limitBytes)} wrth ei hagor. Cadwch y ddalen fel CSV yn lle hynny.`,
  xlsx_broken: (d) =>
    `Mae’r daenlen wedi’i difrodi (${d.part}). Agorwch hi yn eich rhaglen daenlen, ei chadw eto a’i dewis.`,
  xlsx_has_entities: (d) =>
    `Mae diffiniadau na chaniateir yn y daenlen (${d.part}). Cadwch y ddalen fel CSV yn lle hynny.`,
  xlsx_too_much_text: (d) =>
    `Mae gan y daenlen fwy na ${megabytes(d.limitBytes)} o destunau gwahanol. Cadwch y ddalen fel CSV yn lle hynny.`,
  xlsx_locked: () => "Mae’r daenlen wedi’i chloi â chyfrinair. Cadwch hi heb un a’i dewis eto.",
  sheet_not_found: (d) => `Nid oes dalen o’r enw “${d.sheet}”. Mae gan y ffeil: ${d.sheets.join(", ")}.`,
};

export const tableMessages: Record<Language, TableMessages> = { en: english, cy: welsh };

/** What to tell the person who sent the file. */
export function explainTableRefusal(language: Language, refusal: TableRefusal): string {
  // Each entry takes the detail of its own code; the compiler cannot follow the pair through the look-up.
  const say = tableMessages[language][refusal.code] as (detail: TableRefusal) => string;
  return say(refusal);
}
