/**
 * What a column of a published spend file may hold, and the headings under which councils publish it. The names are those
 * of the Local Government Transparency Code 2015 (DCLG, paragraphs 28 and 29), the Local Government Association's spend
 * schema, HM Treasury's guidance for departments, and headings in use. They are compared in small letters without signs.
 */
export const ROLES = [
  "paidOn",
  "amount",
  "net",
  "vat",
  "gross",
  "irrecoverableVat",
  "supplier",
  "serviceArea",
  "description",
  "reference",
  "companyNumber",
  "charityNumber",
  "bodyName",
  "merchantCategory",
] as const;
export type Role = (typeof ROLES)[number];

export type RoleHeadings = {
  /** Whole headings, the surest first. */
  readonly headings: readonly string[];
  /** Part of a heading that also tells, less surely. */
  readonly like: RegExp;
  /** What such a heading must not have in it. */
  readonly unlike?: RegExp;
};

const list = (text: string): readonly string[] => text.split(",").map((name) => name.trim().replace(/\s+/g, " "));

export const ROLE_HEADINGS: Readonly<Record<Role, RoleHeadings>> = {
  paidOn: {
    headings: list(`payment date, date of payment, date paid, paid date, pay date, dyddiad talu, dyddiad y taliad,
      dyddiad taliad, payment run date, cheque date, clearing date, clear date, transaction date, date of transaction,
      trans date, posting date, posted date, date posted, effective date, value date, accounting date, gl date, date,
      dyddiad, dyddiad trafodyn, document date, invoice date, dyddiad anfoneb, dyddiad yr anfoneb`),
    like: /\b(date|dated|dyddiad|paid on)\b/,
    unlike: /\b(start|end|due|contract|birth|received|dechrau|gorffen|updated|published|from|to)\b/,
  },
  amount: {
    headings: list(`amount, payment amount, amount paid, paid amount, line amount, transaction amount, invoice amount,
      invoice line amount, distribution amount, spend amount, value, payment value, transaction value, amount in sterling,
      sterling amount, total amount, total value, spend, expenditure, sum, total, swm, swm a dalwyd, swm y taliad, gwerth,
      cyfanswm, taliad, amt, amount excluding irrecoverable vat`),
    like: /\b(amount|amt|value|swm|gwerth|spend)\b/,
    unlike: /\b(date|type|code|number|no|description|category|area|id|purpose|analysis|vat|taw|dyddiad)\b/,
  },
  net: {
    headings:
      list(`net amount, net, nett, nett amount, amount excl vat, amount excluding vat, amount ex vat, amount exc vat, amount net of vat,
      net value, net amount excluding vat, value excl vat, amount less vat, swm net, net total, swm heb taw, amount minus vat`),
    like: /\b(net|(ex|exc|excl|excluding|exclusive of|less|without|minus|net of) vat|heb (gynnwys )?taw)\b/,
    unlike: /\b(date|type|code|number|no|irrecoverable)\b/,
  },
  vat: {
    headings: list(
      "vat, vat amount, recoverable vat, recoverable vat amount, vat value, taw, swm taw, tax amount, tax",
    ),
    like: /\b(vat|taw)\b/,
    unlike:
      /\b(date|type|code|number|no|reg|registration|rate|ex|exc|excl|excluding|exclusive|inc|incl|including|inclusive|net|gross|less|without|minus|irrecoverable|unrecoverable|non|not|cannot|heb|gan|gyda|supplier|vendor|cyflenwr|rhif)\b/,
  },
  gross: {
    headings:
      list(`gross amount, gross, amount incl vat, amount including vat, amount inc vat, gross value, gross total,
      value incl vat, total incl vat, total including vat, swm gros, gros, swm gan gynnwys taw`),
    like: /\b(gross|gros|(inc|incl|including|inclusive of) vat|(gan gynnwys|gyda|yn cynnwys) taw)\b/,
    unlike: /\b(date|type|code|number|no)\b/,
  },
  irrecoverableVat: {
    headings:
      list(`irrecoverable vat, irrecoverable vat amount, non recoverable vat, vat not recovered, vat irrecoverable,
      taw anadferadwy, taw na ellir ei hadennill`),
    like: /\b(irrecoverable|non recoverable|unrecoverable|not recover(ed|able)|cannot be re(covered|claimed)|anadferadwy|na ellir)\b/,
    unlike: /\b(ex|exc|excl|excluding|heb)\b/,
  },
  supplier: {
    headings: list(`supplier name, vendor name, beneficiary name, payee name, creditor name, merchant name, supplier,
      vendor, beneficiary, payee, creditor, merchant, recipient, recipient name, paid to, company name, trading name,
      supplier name redacted, enw cyflenwr, enw r cyflenwr, enw y cyflenwr, cyflenwr, enw r derbynnydd, derbynnydd, talai, name, enw`),
    like: /\b(supplier|vendor|beneficiary|payee|creditor|merchant|recipient|cyflenwr|derbynnydd)\b/,
    unlike:
      /\b(id|no|number|code|ref|reference|type|category|postcode|post code|address|site|town|vat|group|classification|rhif|cod|company|charity|t f)\b/,
  },
  serviceArea: {
    headings: list(`service area, organisational unit, organisation unit, organizational unit, directorate, department,
      department name, directorate name, service area categorisation, service area name, service, service name, service group,
      service label, service category label, service division, service division label, division, portfolio, business unit,
      expense area, expenditure area, budget area, cost centre name, cost centre description, cost centre, costcentre,
      responsible unit, section, team, dept, dir, service description, maes gwasanaeth, cyfarwyddiaeth, adran, gwasanaeth,
      uned sefydliadol, canolfan gost`),
    like: /\b(service|directorate|department|division|org unit|organisational unit|cost cent(re|er)|portfolio|adran|cyfarwyddiaeth|gwasanaeth)\b/,
    unlike: /\b(code|id|number|no|date|cod|rhif|provider|type|family|uri)\b/,
  },
  description: {
    headings: list(`purpose of spend, purpose, purpose of expenditure, summary of purpose of expenditure, description,
      expense type, expenses type, expenditure type, expense description, payment description, expenditure description, gl description,
      account description, ledger description, general ledger description, subjective description, subjective,
      subjective analysis, nominal description, cost type, spend category, expenditure category, spend type, expense category,
      category of expenditure, detailed expenditure type, detailed expense type, type of expenditure, type of expense, type of spend, account name, detail, details, narrative,
      item description, invoice description, transaction description, line description, summary, account, category, disgrifiad,
      pwrpas, diben, math o wariant, math gwariant, math o draul, disgrifiad o r gwariant, manylion`),
    like: /\b(description|purpose|expen[sd]\w* (type|category)|narrative|details?|subjective|disgrifiad|pwrpas|diben|math)\b/,
    unlike:
      /\b(code|id|number|no|date|cod|rhif|service|directorate|department|merchant|proclass|cost centre|supplier|vendor)\b/,
  },
  reference: {
    headings:
      list(`transaction number, transaction no, transaction reference, transaction id, transaction ref, trans no,
      document number, document no, documentno, doc no, payment reference, payment ref, payment number, voucher number,
      voucher no, invoice number, invoice no, invoice reference, internal reference, internal ref, unique id, reference,
      reference number, ref no, ref, trans ref, cheque number, payment id, line id, id, rhif trafodyn, rhif y trafodyn, cyfeirnod,
      rhif y ddogfen, rhif dogfen, rhif anfoneb`),
    like: /\b(transaction|document|doc|invoice|payment|voucher|trans|cheque)\b.*\b(number|no|ref|reference|id)\b|\b(cyfeirnod|reference)\b/,
    unlike: /\b(date|amount|supplier|vendor|company|charity|vat|contract)\b/,
  },
  companyNumber: {
    headings: list(`company number, company no, company registration number, company reg no, company registration,
      companies house number, registered company number, supplier company number, rhif cwmni, rhif y cwmni, rhif cofrestru cwmni`),
    like: /\bcompan(y|ies)\b.*\b(number|no|reg|registration|id)\b|\brhif\b.*\bcwmni\b/,
  },
  charityNumber: {
    headings: list(`charity number, charity no, registered charity number, charity registration number, charity reg no,
      rhif elusen, rhif yr elusen`),
    like: /\bcharity\b.*\b(number|no|reg|registration|id)\b|\brhif\b.*\belusen\b/,
  },
  bodyName: {
    headings:
      list(`body name, authority name, organisation name, local authority, authority, council, council name, body,
      publisher, publisher name, publisher label, organisation label, organisation, entity, department family, enw r corff,
      enw r awdurdod, awdurdod, corff, cyngor`),
    like: /\b(body|authority|council|awdurdod|corff) (name|enw)\b/,
    unlike: /\b(code|id|uri|number)\b/,
  },
  merchantCategory: {
    headings: list(`merchant category, merchant category description, merchant category name, procurement category,
      procurement classification, proclass description, proclass, procurement merchant category, mcc description, categori masnachwr,
      categori caffael`),
    like: /\b(merchant category|proclass|procurement (category|classification))\b/,
    unlike: /\b(code|id|number|no|cod)\b/,
  },
};

/** A heading in small letters, its words apart, without signs, accents or "(£)": "DocumentNo" is "document no". */
export function plainHeading(text: string): string {
  return text
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("v.a.t", "vat")
    .replaceAll(/\bgbp\b|\bpounds?\b|\bsterling £/g, " ")
    .replaceAll(/\bexcl?\.|\bex\./g, "excl ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How surely a heading names a role: 0 for not at all, up to 1. */
export function headingFits(heading: string, role: Role): number {
  const { headings, like, unlike } = ROLE_HEADINGS[role];
  const place = headings.indexOf(heading);
  if (place >= 0) return 1 - 0.2 * (place / headings.length);
  return like.test(heading) && !unlike?.test(heading) ? 0.6 : 0;
}
