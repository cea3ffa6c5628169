/** Why bringing records, matching or reading pairs can be refused, in the order in which each looks. No words about a person. */
import { explainTableRefusal, type TableRefusal } from "../platform/tables/index.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import { type SharingRefusal, sharingRefusals } from "../sharing/index.ts";

export type ShownFault = {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
};

type OwnRefusal =
  | { readonly code: "not_under_agreement" }
  | { readonly code: "partner_not_yours" }
  | { readonly code: "upload_not_found" }
  | { readonly code: "file_not_read"; readonly table: TableRefusal }
  | { readonly code: "columns_not_known"; readonly missing: string }
  | { readonly code: "role_twice"; readonly role: string }
  | { readonly code: "no_records" }
  | { readonly code: "rows_refused"; readonly refusedCount: number; readonly refused: readonly ShownFault[] }
  | { readonly code: "nothing_to_match" }
  | { readonly code: "run_under_way" }
  | { readonly code: "run_not_found" }
  | { readonly code: "run_not_done" }
  | { readonly code: "run_ended" }
  | { readonly code: "model_not_found" }
  | { readonly code: "model_does_not_fit"; readonly missing: string }
  | { readonly code: "no_usable_columns" }
  | { readonly code: "too_many_pairs"; readonly rule: string; readonly pairs: number }
  | { readonly code: "readings_contradict" }
  | { readonly code: "took_too_long" }
  | { readonly code: "too_much_memory" }
  | { readonly code: "pair_not_found" }
  | { readonly code: "read_already" }
  | { readonly code: "settled_already" }
  | { readonly code: "reason_missing" }
  | { readonly code: "contradicts_settled" }
  | { readonly code: "reading_not_found" }
  | { readonly code: "reading_not_yours" }
  | { readonly code: "reading_undone" }
  | { readonly code: "not_measured"; readonly read: number; readonly wrong: number; readonly atMost: number }
  | { readonly code: "person_not_found" }
  | { readonly code: "name_too_short" };

export type MatchingRefusal = OwnRefusal | SharingRefusal;

type Of<Code extends OwnRefusal["code"]> = Catalogue<Extract<OwnRefusal, { readonly code: Code }>>;

const bringing: Of<
  | "not_under_agreement"
  | "partner_not_yours"
  | "upload_not_found"
  | "file_not_read"
  | "columns_not_known"
  | "role_twice"
  | "no_records"
  | "rows_refused"
> = {
  not_under_agreement: {
    status: 403,
    en: () =>
      "You are not of a partner that receives records under this agreement. Ask the information governance lead.",
    cy: () =>
      "Nid ydych o bartner sy'n derbyn cofnodion o dan y cytundeb hwn. Gofynnwch i'r arweinydd llywodraethu gwybodaeth.",
  },
  partner_not_yours: {
    status: 403,
    field: "partnerId",
    en: () => "You may bring the records of your own partner only. Ask that partner's officer to bring them.",
    cy: () =>
      "Dim ond cofnodion eich partner eich hun y cewch ddod â nhw. Gofynnwch i swyddog y partner hwnnw ddod â nhw.",
  },
  upload_not_found: {
    status: 404,
    en: () => "That upload is not there any more: files wait a day to be confirmed. Upload it again.",
    cy: () => "Nid yw'r ffeil honno yno mwyach: mae ffeiliau'n aros diwrnod i'w cadarnhau. Uwchlwythwch hi eto.",
  },
  file_not_read: {
    status: 422,
    field: "file",
    en: ({ table }) => explainTableRefusal("en", table),
    cy: ({ table }) => explainTableRefusal("cy", table),
  },
  columns_not_known: {
    status: 422,
    field: "columns",
    en: ({ missing }) => `Say which column holds: ${missing}. Without it records cannot be told apart.`,
    cy: ({ missing }) => `Dywedwch pa golofn sy'n cynnwys: ${missing}. Hebddi ni ellir gwahaniaethu rhwng cofnodion.`,
  },
  role_twice: {
    status: 422,
    field: "columns",
    en: ({ role }) => `Two columns are said to hold the same: ${role}. Choose one, and nothing for the other.`,
    cy: ({ role }) => `Dywedir bod dwy golofn yn cynnwys yr un peth: ${role}. Dewiswch un, a dim byd ar gyfer y llall.`,
  },
  no_records: {
    status: 422,
    field: "file",
    en: () => "The file has headings and no rows. Give a file with one row for each record.",
    cy: () => "Mae gan y ffeil benawdau a dim rhesi. Rhowch ffeil gydag un rhes ar gyfer pob cofnod.",
  },
  rows_refused: {
    status: 422,
    field: "file",
    en: ({ refusedCount }) =>
      `${refusedCount === 1 ? "1 row" : `${refusedCount} rows`} cannot be taken. Mend them, or say that the others are to be taken without them.`,
    cy: ({ refusedCount }) =>
      `Ni ellir derbyn ${refusedCount} rhes. Cywirwch nhw, neu dywedwch fod y lleill i'w derbyn hebddynt.`,
  },
};

const running: Of<
  | "nothing_to_match"
  | "run_under_way"
  | "run_not_found"
  | "run_not_done"
  | "run_ended"
  | "model_not_found"
  | "model_does_not_fit"
  | "no_usable_columns"
  | "too_many_pairs"
  | "readings_contradict"
  | "took_too_long"
  | "too_much_memory"
> = {
  nothing_to_match: {
    status: 422,
    en: () => "No records have been brought under this agreement. Bring the agencies' files first.",
    cy: () => "Nid oes cofnodion wedi'u cyflwyno o dan y cytundeb hwn. Dewch â ffeiliau'r asiantaethau yn gyntaf.",
  },
  run_under_way: {
    status: 409,
    en: () => "Records are being matched already. Wait until that run has ended.",
    cy: () => "Mae cofnodion eisoes yn cael eu paru. Arhoswch nes i'r rhediad hwnnw ddod i ben.",
  },
  run_not_found: { status: 404, en: () => "There is no such run.", cy: () => "Nid oes rhediad o'r fath." },
  run_not_done: {
    status: 409,
    en: () => "That run has no report: it has not ended, or it was refused.",
    cy: () => "Nid oes adroddiad gan y rhediad hwnnw: nid yw wedi gorffen, neu fe'i gwrthodwyd.",
  },
  run_ended: {
    status: 409,
    en: () => "That run has ended already. Start another.",
    cy: () => "Mae'r rhediad hwnnw wedi dod i ben eisoes. Dechreuwch un arall.",
  },
  model_not_found: {
    status: 404,
    field: "modelId",
    en: () => "There is no such model. Leave it out to train a new one.",
    cy: () => "Nid oes model o'r fath. Gadewch ef allan i hyfforddi un newydd.",
  },
  model_does_not_fit: {
    status: 422,
    field: "modelId",
    en: ({ missing }) => `The model compares ${missing}, which the files do not have. Leave it out to train a new one.`,
    cy: ({ missing }) =>
      `Mae'r model yn cymharu ${missing}, nad yw yn y ffeiliau. Gadewch ef allan i hyfforddi un newydd.`,
  },
  no_usable_columns: {
    status: 422,
    en: () =>
      "The files hold nothing that tells people apart. Allow names, dates of birth or numbers in the agreement, or bring fuller files.",
    cy: () =>
      "Nid oes dim yn y ffeiliau sy'n gwahaniaethu rhwng pobl. Caniatewch enwau, dyddiadau geni neu rifau yn y cytundeb.",
  },
  too_many_pairs: {
    status: 422,
    en: ({ rule, pairs }) =>
      `The rule "${rule}" would make ${pairs.toLocaleString("en-GB")} pairs. Bring files with fewer repeated values.`,
    cy: ({ rule, pairs }) =>
      `Byddai'r rheol "${rule}" yn gwneud ${pairs.toLocaleString("en-GB")} o barau. Dewch â ffeiliau â llai o werthoedd ailadroddus.`,
  },
  readings_contradict: {
    status: 409,
    en: () =>
      "Readings contradict each other by way of a third record. Undo one of them on the list of readings, then match again.",
    cy: () =>
      "Mae darlleniadau'n gwrth-ddweud ei gilydd trwy drydydd cofnod. Dadwnewch un ohonynt ar y rhestr, yna parwch eto.",
  },
  took_too_long: {
    status: 422,
    en: () => "Matching took longer than it may. Bring fewer records at once.",
    cy: () => "Cymerodd y paru fwy o amser nag a ganiateir. Dewch â llai o gofnodion ar unwaith.",
  },
  too_much_memory: {
    status: 422,
    en: () => "Matching needs more memory than it may have. Bring fewer records at once.",
    cy: () => "Mae angen mwy o gof ar y paru nag a ganiateir. Dewch â llai o gofnodion ar unwaith.",
  },
};

const reading: Of<
  | "pair_not_found"
  | "read_already"
  | "settled_already"
  | "reason_missing"
  | "contradicts_settled"
  | "reading_not_found"
  | "reading_not_yours"
  | "reading_undone"
  | "not_measured"
  | "person_not_found"
  | "name_too_short"
> = {
  pair_not_found: {
    status: 404,
    en: () => "That pair is not there any more. Go on with the next.",
    cy: () => "Nid yw'r pâr hwnnw yno mwyach. Ewch ymlaen at y nesaf.",
  },
  read_already: {
    status: 409,
    en: () => "You have read this pair. Undo your reading to read it again.",
    cy: () => "Rydych wedi darllen y pâr hwn. Dadwnewch eich darlleniad i'w ddarllen eto.",
  },
  settled_already: {
    status: 409,
    en: () => "Others have settled this pair meanwhile. Go on with the next.",
    cy: () => "Mae eraill wedi penderfynu'r pâr hwn yn y cyfamser. Ewch ymlaen at y nesaf.",
  },
  reason_missing: {
    status: 422,
    field: "reason",
    en: () => "Say why you cannot tell, so that the next reader knows what to look for.",
    cy: () => "Dywedwch pam na allwch ddweud, er mwyn i'r darllenydd nesaf wybod am beth i chwilio.",
  },
  contradicts_settled: {
    status: 409,
    en: () =>
      "By way of other records, readers have settled the opposite for these two. Look at the list of readings, and undo what was wrong there first.",
    cy: () =>
      "Trwy gofnodion eraill, mae darllenwyr wedi penderfynu'r gwrthwyneb am y ddau hyn. Edrychwch ar y rhestr, a dadwnewch yr hyn oedd yn anghywir yno'n gyntaf.",
  },
  reading_not_found: { status: 404, en: () => "There is no such reading.", cy: () => "Nid oes darlleniad o'r fath." },
  reading_not_yours: {
    status: 403,
    en: () => "Only the person who read a pair may undo that reading. Ask them, or read it as another reader.",
    cy: () =>
      "Dim ond y sawl a ddarllenodd bâr a all ddadwneud y darlleniad. Gofynnwch iddynt, neu darllenwch ef fel darllenydd arall.",
  },
  reading_undone: {
    status: 409,
    en: () => "That reading has been undone already.",
    cy: () => "Mae'r darlleniad hwnnw wedi'i ddadwneud eisoes.",
  },
  not_measured: {
    status: 422,
    field: "probability",
    en: ({ read, wrong, atMost }) =>
      `At this threshold ${read} pairs were read to measure and ${wrong} were not the same person: up to ${(100 * atMost).toFixed(1)} % of merges may be wrong, and no more than 1 % may be. Read more pairs to measure (300 without a fault are enough), or choose a higher threshold.`,
    cy: ({ read, wrong, atMost }) =>
      `Ar y trothwy hwn darllenwyd ${read} pâr i fesur ac nid yr un person oedd ${wrong}: gall hyd at ${(100 * atMost).toFixed(1)} % fod yn anghywir, a dim mwy nag 1 % a ganiateir. Darllenwch ragor o barau, neu dewiswch drothwy uwch.`,
  },
  person_not_found: {
    status: 404,
    en: () => "There is no such person in the run that stands. After a new run, search again.",
    cy: () => "Nid oes person o'r fath yn y rhediad sy'n sefyll. Ar ôl rhediad newydd, chwiliwch eto.",
  },
  name_too_short: {
    status: 422,
    field: "name",
    en: () => "Type at least three letters of a name, a postcode or a reference.",
    cy: () => "Teipiwch o leiaf dair llythyren o enw, cod post neu gyfeirnod.",
  },
};

export const matchingRefusals: Catalogue<MatchingRefusal> = { ...sharingRefusals, ...bringing, ...running, ...reading };

const FAULTS = {
  reference_missing: "has no reference: give each record one of its own",
  reference_twice: "has a reference that stands in a row before it: each record needs its own",
  too_long: "has a value of more than 300 characters: shorten it",
  not_printable: "has characters that cannot be printed: remove them",
  nobody: "has no name and no number: there is nobody to match",
  protection_not_known: "has a protection flag that is not known: write refuge, adoption, protection or no",
  too_many_relatives: "names more than 20 relatives: name those of the person's own family",
  relation_missing: "names a relative and does not say how they are related: say it in the column of relations",
  relative_missing: "says how somebody is related and does not name the relative: give the relative's reference",
  relations_do_not_fit: "does not name as many relations as relatives: give one for each, parted by ; or one for all",
  relation_not_known:
    "has a relation that is not known: write parent, guardian, child, partner, sibling, joint claim, or a word such as mother or son",
  related_to_oneself: "names itself as its own relative: give the relative's reference",
} as const;

export function explainRowFault(fault: { readonly row: number; readonly reason: keyof typeof FAULTS }): string {
  return `Row ${fault.row} ${FAULTS[fault.reason]}.`;
}
