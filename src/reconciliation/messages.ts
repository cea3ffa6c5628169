/** Why reconciling can be refused, in the order in which it looks; what is not found and what the ledger refuses is told as there. */
import { approvalRefusals, type NoAuthority } from "../approvals/index.ts";
import { type LedgerRefusal, ledgerRefusals } from "../ledger/index.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import { explainTableRefusal, type TableRefusal } from "../platform/tables/index.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { StatementFault } from "./domain/bank-statement.ts";

export type RefusedRow = {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
};

type FileRefusal =
  | { readonly code: "file_not_read"; readonly table: TableRefusal }
  | { readonly code: "columns_not_known"; readonly missing: readonly ("document" | "postedOn" | "amount")[] }
  | { readonly code: "rows_refused"; readonly refusedCount: number; readonly refused: readonly RefusedRow[] }
  | { readonly code: "no_lines" }
  | { readonly code: "body_not_yours" }
  | { readonly code: "pot_missing" }
  | { readonly code: "bank_not_opened" }
  | { readonly code: "bank_exists" }
  | { readonly code: "shadow_pot" }
  | { readonly code: "account_differs"; readonly lastFour: string }
  | StatementFault
  | { readonly code: "upload_not_found" }
  | { readonly code: "listing_not_found" };

type MatchRefusal =
  | { readonly code: "match_empty" }
  | { readonly code: "line_not_found" }
  | { readonly code: "record_not_found" }
  | { readonly code: "already_matched" }
  | { readonly code: "sums_differ"; readonly linesPence: Pence; readonly recordsPence: Pence }
  | { readonly code: "match_not_found" }
  | { readonly code: "match_undone" }
  | { readonly code: "match_paid" }
  | { readonly code: "nothing_certain" };

type StatementRefusal =
  | { readonly code: "people_only" }
  | { readonly code: "statement_stale" }
  | { readonly code: "not_prepared" }
  | { readonly code: "own_statement" }
  | { readonly code: "already_signed" };

type OutRefusal =
  | { readonly code: "code_not_found" }
  | { readonly code: "code_empty" }
  | { readonly code: "code_overlaps" }
  | { readonly code: "codes_missing"; readonly count: number }
  | { readonly code: "over_commitment"; readonly availablePence: Pence }
  | { readonly code: "vat_parts" }
  | { readonly code: "request_not_found" }
  | { readonly code: "own_request" }
  | { readonly code: "request_state"; readonly state: string }
  | { readonly code: "request_amount"; readonly linePence: Pence; readonly requestPence: Pence }
  | { readonly code: "nothing_to_send" }
  | { readonly code: "nothing_to_journal" }
  | { readonly code: "outgoing_not_found" };

export type OwnRefusal = FileRefusal | MatchRefusal | StatementRefusal | OutRefusal;
export type ReconciliationRefusal = LedgerRefusal | OwnRefusal | NoAuthority;

const MISSING = {
  en: { document: "document number", postedOn: "posting date", amount: "amount (or debit and credit)" },
  cy: { document: "rhif y ddogfen", postedOn: "dyddiad postio", amount: "swm (neu ddebyd a chredyd)" },
} as const;

const files: Catalogue<FileRefusal> = {
  file_not_read: {
    status: 422,
    field: "file",
    en: ({ table }) => explainTableRefusal("en", table),
    cy: ({ table }) => explainTableRefusal("cy", table),
  },
  columns_not_known: {
    status: 422,
    field: "columns",
    en: ({ missing }) =>
      `No column was found for: ${missing.map((one) => MISSING.en[one]).join(", ")}. Choose the columns and try again.`,
    cy: ({ missing }) =>
      `Ni chafwyd hyd i golofn ar gyfer: ${missing.map((one) => MISSING.cy[one]).join(", ")}. Dewiswch y colofnau a rhowch gynnig arall arni.`,
  },
  rows_refused: {
    status: 422,
    field: "file",
    en: ({ refusedCount }) =>
      `${refusedCount} ${refusedCount === 1 ? "cell" : "cells"} cannot be taken in, so nothing was. Each is named by row and column: correct the file and send it again.`,
    cy: ({ refusedCount }) =>
      `Ni ellir cymryd ${refusedCount} cell i mewn, felly ni chymerwyd dim. Enwir pob un yn ôl rhes a cholofn: cywirwch y ffeil a'i hanfon eto.`,
  },
  no_lines: {
    status: 422,
    field: "file",
    en: () => "No line could be read in this file. Check that it is the right file and that its columns are right.",
    cy: () =>
      "Ni ellid darllen unrhyw linell yn y ffeil hon. Gwiriwch mai dyma'r ffeil gywir a bod ei cholofnau'n gywir.",
  },
  body_not_yours: {
    status: 403,
    field: "bodyId",
    en: () => "You may send only your own body's listings. Name that body, or ask the other one to send its own.",
    cy: () =>
      "Dim ond rhestrau eich corff eich hun y cewch eu hanfon. Enwch y corff hwnnw, neu gofynnwch i'r llall anfon ei rhai ei hun.",
  },
  pot_missing: {
    status: 422,
    field: "potId",
    en: () => "A bank statement belongs to one pot. Name the pot whose account it is.",
    cy: () => "Mae cyfriflen banc yn perthyn i un gronfa. Enwch y gronfa sy'n berchen ar y cyfrif.",
  },
  bank_not_opened: {
    status: 409,
    field: "potId",
    en: () =>
      "This pot has no bank account of its own here. Record its account first, or take in the host's ledger listing instead.",
    cy: () =>
      "Nid oes gan y gronfa hon gyfrif banc ei hun yma. Cofnodwch ei chyfrif yn gyntaf, neu cymerwch restr cyfriflyfr y lletywr yn lle hynny.",
  },
  bank_exists: {
    status: 409,
    field: "potId",
    en: () => "This pot's bank account is recorded already.",
    cy: () => "Mae cyfrif banc y gronfa hon wedi'i gofnodi'n barod.",
  },
  shadow_pot: {
    status: 409,
    field: "potId",
    en: () =>
      "Nobody's money moves in an aligned or shadow pot, so it has no bank account, and nothing is paid from it. Choose a pooled or delegated pot.",
    cy: () =>
      "Nid oes arian neb yn symud mewn cronfa gyfochrog neu gysgodol, felly nid oes ganddi gyfrif banc, ac ni thelir dim ohoni. Dewiswch gronfa gyfun neu ddatganoledig.",
  },
  account_differs: {
    status: 422,
    field: "file",
    en: ({ lastFour }) =>
      `This statement is of an account that ends in ${lastFour}, which is not the pot's. Choose the pot's own statement.`,
    cy: ({ lastFour }) =>
      `Mae'r gyfriflen hon ar gyfer cyfrif sy'n gorffen â ${lastFour}, nad yw'n gyfrif y gronfa. Dewiswch gyfriflen y gronfa ei hun.`,
  },
  statement_not_read: {
    status: 422,
    field: "file",
    en: ({ part }) =>
      `The statement is damaged or not complete (${part}). Download it from the bank again, one account and one statement in a file.`,
    cy: ({ part }) =>
      `Mae'r gyfriflen wedi'i difrodi neu'n anghyflawn (${part}). Lawrlwythwch hi o'r banc eto, un cyfrif ac un gyfriflen mewn ffeil.`,
  },
  statement_currency: {
    status: 422,
    field: "file",
    en: ({ currency }) => `The statement is in ${currency}. Only accounts in pounds sterling (GBP) are kept here.`,
    cy: ({ currency }) =>
      `Mae'r gyfriflen mewn ${currency}. Dim ond cyfrifon mewn punnoedd sterling (GBP) a gedwir yma.`,
  },
  statement_unbalanced: {
    status: 422,
    field: "file",
    en: ({ openingPence, entriesPence, closingPence }) =>
      `The statement does not add up: ${formatPounds(openingPence)} at the start and entries of ${formatPounds(entriesPence)} do not come to ${formatPounds(closingPence)}. An entry is missing or changed: download it from the bank again.`,
    cy: ({ openingPence, entriesPence, closingPence }) =>
      `Nid yw'r gyfriflen yn gywir: nid yw ${formatPounds(openingPence)} ar y dechrau a chofnodion o ${formatPounds(entriesPence)} yn gwneud ${formatPounds(closingPence)}. Mae cofnod ar goll neu wedi'i newid: lawrlwythwch hi o'r banc eto.`,
  },
  upload_not_found: {
    status: 404,
    en: () => "This upload is no longer here. Upload the file again.",
    cy: () => "Nid yw'r uwchlwythiad hwn yma mwyach. Uwchlwythwch y ffeil eto.",
  },
  listing_not_found: {
    status: 404,
    en: () => "There is no such listing here. Choose one from the files taken in.",
    cy: () => "Nid oes rhestr o'r fath yma. Dewiswch un o'r ffeiliau a gymerwyd i mewn.",
  },
};

const matching: Catalogue<MatchRefusal> = {
  match_empty: {
    status: 422,
    field: "lineIds",
    en: () => "Choose at least one line and one of our records, or records that come to nought.",
    cy: () => "Dewiswch o leiaf un llinell ac un o'n cofnodion ni, neu gofnodion sy'n gwneud sero.",
  },
  line_not_found: {
    status: 404,
    field: "lineIds",
    en: () =>
      "One of the lines is not in this body's listing for this pot, or was changed since. Look at the page again.",
    cy: () =>
      "Nid yw un o'r llinellau yn rhestr y corff hwn ar gyfer y gronfa hon, neu fe'i newidiwyd ers hynny. Edrychwch ar y dudalen eto.",
  },
  record_not_found: {
    status: 404,
    field: "recordIds",
    en: () => "One of the records is not of this body and pot. Look at the page again.",
    cy: () => "Nid yw un o'r cofnodion yn perthyn i'r corff a'r gronfa hyn. Edrychwch ar y dudalen eto.",
  },
  already_matched: {
    status: 409,
    en: () => "A line or record of these is matched already. Undo that match first, or choose others.",
    cy: () =>
      "Mae llinell neu gofnod o'r rhain wedi'i baru'n barod. Dadwnewch y paru hwnnw yn gyntaf, neu dewiswch rai eraill.",
  },
  sums_differ: {
    status: 422,
    field: "lineIds",
    en: ({ linesPence, recordsPence }) =>
      `The lines come to ${formatPounds(linesPence)} and our records to ${formatPounds(recordsPence)}. Choose such as agree to the penny.`,
    cy: ({ linesPence, recordsPence }) =>
      `Cyfanswm y llinellau yw ${formatPounds(linesPence)} a chyfanswm ein cofnodion ni yw ${formatPounds(recordsPence)}. Dewiswch rai sy'n cytuno i'r geiniog.`,
  },
  match_not_found: {
    status: 404,
    field: "matchId",
    en: () => "There is no such match here. Choose one from the list.",
    cy: () => "Nid oes pariad o'r fath yma. Dewiswch un o'r rhestr.",
  },
  match_undone: {
    status: 409,
    field: "matchId",
    en: () => "This match was undone already.",
    cy: () => "Dadwnaethpwyd y pariad hwn eisoes.",
  },
  match_paid: {
    status: 409,
    field: "matchId",
    en: () => "This match recorded a payment request as paid. Reverse the payment in the ledger first.",
    cy: () => "Cofnododd y pariad hwn gais am daliad fel un a dalwyd. Gwrthdrowch y taliad yn y cyfriflyfr yn gyntaf.",
  },
  nothing_certain: {
    status: 409,
    en: () => "No suggestion is certain. Look at each and accept it by itself.",
    cy: () => "Nid oes unrhyw awgrym yn sicr. Edrychwch ar bob un a'i dderbyn ar ei ben ei hun.",
  },
};

const signing: Catalogue<StatementRefusal> = {
  people_only: {
    status: 403,
    en: () => "A person signs this, not a program. Sign in and do it yourself.",
    cy: () => "Person sy'n llofnodi hyn, nid rhaglen. Mewngofnodwch a'i wneud eich hun.",
  },
  statement_stale: {
    status: 409,
    field: "hash",
    en: () => "The statement has changed since it was shown to you. Look at it again before you sign.",
    cy: () => "Mae'r gyfriflen wedi newid ers iddi gael ei dangos i chi. Edrychwch arni eto cyn llofnodi.",
  },
  not_prepared: {
    status: 409,
    field: "part",
    en: () => "Nobody has signed this statement as prepared yet. Ask the person who prepared it to sign first.",
    cy: () =>
      "Nid oes neb wedi llofnodi'r gyfriflen hon fel un a baratowyd eto. Gofynnwch i'r person a'i paratôdd lofnodi'n gyntaf.",
  },
  own_statement: {
    status: 403,
    field: "part",
    en: () => "You prepared this statement. Another person must review it.",
    cy: () => "Chi a baratôdd y gyfriflen hon. Rhaid i berson arall ei hadolygu.",
  },
  already_signed: {
    status: 409,
    field: "part",
    en: () => "The statement is signed for this part already.",
    cy: () => "Mae'r gyfriflen wedi'i llofnodi ar gyfer y rhan hon yn barod.",
  },
};

const out: Catalogue<OutRefusal> = {
  code_not_found: {
    status: 404,
    field: "mappingId",
    en: () => "There is no such code here, or it has ended already. Choose one from the list.",
    cy: () => "Nid oes cod o'r fath yma, neu mae wedi dod i ben eisoes. Dewiswch un o'r rhestr.",
  },
  code_empty: {
    status: 422,
    field: "costCentre",
    en: () => "Give a cost centre, a subjective code or a project.",
    cy: () => "Rhowch ganolfan gost, cod goddrychol neu brosiect.",
  },
  code_overlaps: {
    status: 409,
    field: "startsOn",
    en: () =>
      "Another code stands for the same records on some of these days, so neither would win. End that one first, or choose other days.",
    cy: () =>
      "Mae cod arall yn sefyll dros yr un cofnodion ar rai o'r dyddiau hyn, felly ni fyddai'r un yn ennill. Rhowch ddiwedd ar hwnnw yn gyntaf, neu dewiswch ddyddiau eraill.",
  },
  codes_missing: {
    status: 409,
    en: ({ count }) =>
      `${count} ${count === 1 ? "record has" : "records have"} no code on its day. Add codes for them first.`,
    cy: ({ count }) => `Nid oes cod gan ${count} cofnod ar ei ddiwrnod. Ychwanegwch godau ar eu cyfer yn gyntaf.`,
  },
  over_commitment: {
    status: 409,
    field: "lines",
    en: ({ availablePence }) =>
      `${formatPounds(availablePence)} of this commitment is neither paid nor requested. Ask for that much or less.`,
    cy: ({ availablePence }) =>
      `Nid yw ${formatPounds(availablePence)} o'r ymrwymiad hwn wedi'i dalu na'i geisio. Gofynnwch am y swm hwnnw neu lai.`,
  },
  vat_parts: {
    status: 422,
    field: "lines",
    en: () =>
      "The VAT that is recovered cannot be more than the VAT, nor the VAT more than the net amount. Check which is which.",
    cy: () => "Ni all y TAW a adenillir fod yn fwy na'r TAW, na'r TAW yn fwy na'r swm net. Gwiriwch pa un yw p'un.",
  },
  request_not_found: {
    status: 404,
    field: "requestId",
    en: () => "There is no such payment request here. Choose one from the list.",
    cy: () => "Nid oes cais am daliad o'r fath yma. Dewiswch un o'r rhestr.",
  },
  own_request: {
    status: 403,
    field: "requestId",
    en: () => "You made this request. Another person must authorise it.",
    cy: () => "Chi a wnaeth y cais hwn. Rhaid i berson arall ei awdurdodi.",
  },
  request_state: {
    status: 409,
    field: "requestId",
    en: ({ state }) => `The request is ${state}, so this cannot be done. Look at it again.`,
    cy: ({ state }) => `Cyflwr y cais yw “${state}”, felly ni ellir gwneud hyn. Edrychwch arno eto.`,
  },
  request_amount: {
    status: 422,
    field: "lineId",
    en: ({ linePence, requestPence }) =>
      `The line is for ${formatPounds(linePence)} and the request for ${formatPounds(requestPence)} after recovered VAT. Ask the host why, or cancel the request and make one that agrees.`,
    cy: ({ linePence, requestPence }) =>
      `Mae'r llinell am ${formatPounds(linePence)} a'r cais am ${formatPounds(requestPence)} ar ôl y TAW a adenillwyd. Gofynnwch i'r lletywr pam, neu diddymwch y cais a gwnewch un sy'n cytuno.`,
  },
  nothing_to_send: {
    status: 409,
    en: () => "No authorised request waits to be sent for this body. Authorise one first.",
    cy: () => "Nid oes cais awdurdodedig yn aros i'w anfon ar gyfer y corff hwn. Awdurdodwch un yn gyntaf.",
  },
  nothing_to_journal: {
    status: 409,
    en: () => "Nothing was paid or contributed in these days, so there is no journal to make.",
    cy: () => "Ni thalwyd na chyfrannwyd dim yn y dyddiau hyn, felly nid oes dyddlyfr i'w wneud.",
  },
  outgoing_not_found: {
    status: 404,
    field: "batchId",
    en: () => "There is no such outgoing file here. Choose one from the list.",
    cy: () => "Nid oes ffeil allan o'r fath yma. Dewiswch un o'r rhestr.",
  },
};

export const reconciliationRefusals: Catalogue<ReconciliationRefusal> = {
  ...ledgerRefusals,
  ...files,
  ...matching,
  ...signing,
  ...out,
  no_authority: approvalRefusals.no_authority,
};
