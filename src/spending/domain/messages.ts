/** What to tell a publisher about each fault of a line, and of a mapping, in English and Welsh; a missing one does not compile. */
import type { Language } from "../../lib/language.ts";
import type { MappingRefusal } from "./mapping.ts";
import type { Role } from "./roles.ts";
import type { LineFault, LineFaultReason } from "./spend-line.ts";

type Say = (fault: LineFault) => string;

const english: Record<LineFaultReason, Say> = {
  amount_missing: () => "there is no amount. Write it like 1234.56.",
  amount_not_read: (f) => `“${f.value}” is not an amount in pounds. Write it like 1234.56.`,
  amount_has_exponent: (f) => `“${f.value}” is a shortened number. Show all its digits and write it like 1234.56.`,
  amount_has_more_than_pence: (f) => `“${f.value}” has parts of a penny. Round it to pence, like 1234.56.`,
  amount_too_large: (f) => `“${f.value}” is a trillion pounds or more. Check it and write it like 1234.56.`,
  date_missing: () => "there is no date. Write it like 03/04/2012.",
  date_not_read: (f) => `“${f.value}” is not a date. Write it like 03/04/2012.`,
  date_does_not_exist: (f) => `there is no such day as “${f.value}”. Check it and write it like 03/04/2012.`,
  supplier_missing: () => "nobody is named. Write who was paid, or “REDACTED” if the name may not be published.",
  text_too_long: () => "the text is longer than 1,000 letters. Shorten it.",
  line_is_total: () => "this line looks like a total, not a payment. Remove it from the file.",
};

const welsh: Record<LineFaultReason, Say> = {
  amount_missing: () => "nid oes swm. Ysgrifennwch ef fel 1234.56.",
  amount_not_read: (f) => `nid yw “${f.value}” yn swm mewn punnoedd. Ysgrifennwch ef fel 1234.56.`,
  amount_has_exponent: (f) => `mae “${f.value}” yn rhif wedi’i fyrhau. Dangoswch bob digid a’i ysgrifennu fel 1234.56.`,
  amount_has_more_than_pence: (f) => `mae gan “${f.value}” rannau o geiniog. Talgrynnwch ef i geiniogau, fel 1234.56.`,
  amount_too_large: (f) => `mae “${f.value}” yn driliwn o bunnoedd neu fwy. Gwiriwch ef a’i ysgrifennu fel 1234.56.`,
  date_missing: () => "nid oes dyddiad. Ysgrifennwch ef fel 03/04/2012.",
  date_not_read: (f) => `nid yw “${f.value}” yn ddyddiad. Ysgrifennwch ef fel 03/04/2012.`,
  date_does_not_exist: (f) => `nid oes y fath ddiwrnod â “${f.value}”. Gwiriwch ef a’i ysgrifennu fel 03/04/2012.`,
  supplier_missing: () =>
    "nid oes neb wedi’i enwi. Ysgrifennwch pwy gafodd ei dalu, neu “REDACTED” os na ellir cyhoeddi’r enw.",
  text_too_long: () => "mae’r testun yn hirach na 1,000 o lythrennau. Cwtogwch ef.",
  line_is_total: () => "mae’r llinell hon yn edrych fel cyfanswm, nid taliad. Tynnwch hi o’r ffeil.",
};

export const lineMessages: Record<Language, Record<LineFaultReason, Say>> = { en: english, cy: welsh };

/** Row 14, Amount: “12.3.4” is not an amount in pounds. Write it like 1234.56. */
export function explainFault(language: Language, fault: LineFault): string {
  const row = fault.row.toLocaleString("en-GB");
  const place = language === "cy" ? `Rhes ${row}` : `Row ${row}`;
  return `${place}, ${fault.column}: ${lineMessages[language][fault.reason](fault)}`;
}

export const roleNames: Record<Language, Record<Role, string>> = {
  en: {
    paidOn: "day paid",
    amount: "amount",
    net: "amount without VAT",
    vat: "VAT",
    gross: "amount with VAT",
    irrecoverableVat: "VAT that is not got back",
    supplier: "supplier",
    serviceArea: "service area",
    description: "what it was for",
    reference: "reference",
    companyNumber: "company number",
    charityNumber: "charity number",
    bodyName: "body that paid",
    merchantCategory: "kind of goods or services",
  },
  cy: {
    paidOn: "diwrnod talu",
    amount: "swm",
    net: "swm heb TAW",
    vat: "TAW",
    gross: "swm gyda TAW",
    irrecoverableVat: "TAW nad yw’n cael ei hadennill",
    supplier: "cyflenwr",
    serviceArea: "maes gwasanaeth",
    description: "pwrpas",
    reference: "cyfeirnod",
    companyNumber: "rhif cwmni",
    charityNumber: "rhif elusen",
    bodyName: "corff a dalodd",
    merchantCategory: "math o nwyddau neu wasanaethau",
  },
};

type MappingMessages = {
  readonly [Code in MappingRefusal["code"]]: (d: Extract<MappingRefusal, { code: Code }>) => string;
};

export const mappingMessages: Record<Language, MappingMessages> = {
  en: {
    mapping_incomplete: (d) =>
      `Choose the column for: ${d.missing.map((role) => roleNames.en[role]).join(", ")}. Each payment needs a day, an amount and a supplier.`,
    mapping_column_twice: (d) =>
      `The column ${d.column} was chosen for: ${d.roles.map((role) => roleNames.en[role]).join(", ")}. Choose it for one of them.`,
  },
  cy: {
    mapping_incomplete: (d) =>
      `Dewiswch y golofn ar gyfer: ${d.missing.map((role) => roleNames.cy[role]).join(", ")}. Mae angen diwrnod, swm a chyflenwr ar bob taliad.`,
    mapping_column_twice: (d) =>
      `Dewiswyd y golofn ${d.column} ar gyfer: ${d.roles.map((role) => roleNames.cy[role]).join(", ")}. Dewiswch hi ar gyfer un ohonynt.`,
  },
};

/** What to tell a person whose choice of columns cannot be used. */
export function explainMapping(language: Language, refusal: MappingRefusal): string {
  const messages = mappingMessages[language];
  return refusal.code === "mapping_incomplete"
    ? messages.mapping_incomplete(refusal)
    : messages.mapping_column_twice(refusal);
}
