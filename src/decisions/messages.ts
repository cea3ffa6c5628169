/** Why a file of an election is not kept, read, counted or verified. */
import { type Uncountable, wordsOfUncountable } from "../allocation/index.ts";
import type { Language } from "../lib/language.ts";
import type { Catalogue } from "../platform/use-case/index.ts";

/** Of the published and the brought together the server keeps so many bytes of each at most. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024;
export const MOST_REPLAY_BYTES = 4 * 1024 * 1024;

type Hindered = Uncountable["code"];

export type ElectionRefusal =
  | { readonly code: "file_empty" }
  | { readonly code: "projects_empty" }
  | { readonly code: "ballots_empty" }
  | { readonly code: "id_has_comma"; readonly id: string }
  | { readonly code: "file_too_large" }
  | { readonly code: "too_many_files" }
  | { readonly code: "election_not_found" }
  | { readonly code: "work_not_found" }
  | { readonly code: "not_read_yet" }
  | { readonly code: "election_is_published" }
  | { readonly code: "file_not_countable"; readonly errors: number }
  | { readonly code: "rule_does_not_apply"; readonly because: Hindered }
  | { readonly code: "utility_does_not_apply"; readonly because: Hindered }
  | { readonly code: "completion_missing" }
  | { readonly code: "seed_missing" }
  | { readonly code: "seed_not_read" }
  | { readonly code: "same_rules" }
  | { readonly code: "address_taken" }
  | { readonly code: "optimum_not_proved" }
  | { readonly code: "too_many_raises" }
  | { readonly code: "too_many_ties" }
  | { readonly code: "too_much_to_show" }
  | { readonly code: "took_too_long" }
  | { readonly code: "too_much_memory" };

const countable = (because: Hindered, language: Language) => wordsOfUncountable({ code: because }, language);

export const electionRefusals: Catalogue<ElectionRefusal> = {
  file_empty: {
    status: 422,
    field: "file",
    en: () => "The file is empty. Choose a file of an election, in Pabulib's format (.pb).",
    cy: () => "Mae'r ffeil yn wag. Dewiswch ffeil etholiad, yn fformat Pabulib (.pb).",
  },
  projects_empty: {
    status: 422,
    field: "projects",
    en: () => "The file of projects is empty. Choose one with the columns project_id, cost and name.",
    cy: () => "Mae'r ffeil brosiectau yn wag. Dewiswch un â'r colofnau project_id, cost a name.",
  },
  ballots_empty: {
    status: 422,
    field: "ballots",
    en: () => "The file of ballots is empty. Choose one with the columns voter_id and vote.",
    cy: () => "Mae'r ffeil bapurau pleidleisio yn wag. Dewiswch un â'r colofnau voter_id a vote.",
  },
  id_has_comma: {
    status: 422,
    field: "projects",
    en: ({ id }) =>
      `The id ${id} has a comma in it, and commas part the lists of the one file that the two become. Give the project another id in both files.`,
    cy: ({ id }) =>
      `Mae atalnod yn y dynodwr ${id}, ac mae atalnodau'n gwahanu rhestri'r un ffeil y daw'r ddwy yn un ynddi. Rhowch ddynodwr arall i'r prosiect yn y ddwy ffeil.`,
  },
  file_too_large: {
    status: 413,
    field: "file",
    en: () => "The file is larger than 16 MB. Count it on your own machine: bin/onepot ballot count FILE.pb",
    cy: () => "Mae'r ffeil yn fwy nag 16 MB. Cyfrifwch hi ar eich peiriant eich hun: bin/onepot ballot count FFEIL.pb",
  },
  too_many_files: {
    status: 409,
    field: "file",
    en: () => "As many files as this server keeps at once are here already. Try again in an hour.",
    cy: () =>
      "Mae cynifer o ffeiliau ag y mae'r gweinydd hwn yn eu cadw ar unwaith yma eisoes. Rhowch gynnig arall arni ymhen awr.",
  },
  election_not_found: {
    status: 404,
    en: () =>
      "There is no election at this address. A file that was brought is forgotten an hour after the last look at it, and after a day at most. Bring it again.",
    cy: () =>
      "Nid oes etholiad yn y cyfeiriad hwn. Caiff ffeil a ddygwyd ei hanghofio awr ar ôl edrych arni ddiwethaf, ac ar ôl diwrnod fan bellaf. Dewch â hi eto.",
  },
  work_not_found: {
    status: 404,
    en: () => "This has not been counted here, or the count was forgotten. Choose the rule again.",
    cy: () => "Ni chyfrifwyd hwn yma, neu anghofiwyd y cyfrif. Dewiswch y rheol eto.",
  },
  not_read_yet: {
    status: 409,
    en: () => "The file is still being read. Try again in a few seconds.",
    cy: () => "Mae'r ffeil yn dal i gael ei darllen. Rhowch gynnig arall arni ymhen ychydig eiliadau.",
  },
  election_is_published: {
    status: 409,
    en: () => "This election is published: what is counted of it is everybody's, and is not stopped or forgotten.",
    cy: () =>
      "Mae'r etholiad hwn wedi'i gyhoeddi: mae'r hyn a gyfrifir ohono'n eiddo i bawb, ac ni chaiff ei stopio na'i anghofio.",
  },
  file_not_countable: {
    status: 422,
    field: "file",
    en: ({ errors }) =>
      `The file cannot be counted: ${errors} ${errors === 1 ? "fault hinders" : "faults hinder"} it. Correct it and bring it again.`,
    cy: ({ errors }) => `Ni ellir cyfrif y ffeil: mae ${errors} gwall yn ei rhwystro. Cywirwch hi a dewch â hi eto.`,
  },
  rule_does_not_apply: {
    status: 422,
    field: "rule",
    en: ({ because }) => countable(because, "en"),
    cy: ({ because }) => countable(because, "cy"),
  },
  utility_does_not_apply: {
    status: 422,
    field: "utility",
    en: ({ because }) => countable(because, "en"),
    cy: ({ because }) => countable(because, "cy"),
  },
  completion_missing: {
    status: 422,
    field: "completion",
    en: () => "Choose what equal shares does with the money that is left",
    cy: () => "Dewiswch beth mae cyfrannau cyfartal yn ei wneud â'r arian sydd ar ôl",
  },
  seed_missing: {
    status: 422,
    field: "seed",
    en: () => "Enter the seed of the lot, as it was published before the count",
    cy: () => "Rhowch hedyn y coelbren, fel y'i cyhoeddwyd cyn y cyfrif",
  },
  seed_not_read: {
    status: 422,
    field: "seed",
    en: () => "Remove the seed, or choose that ties are broken by lot",
    cy: () => "Tynnwch yr hedyn, neu dewiswch fod coelbren yn torri pleidleisiau cyfartal",
  },
  same_rules: {
    status: 422,
    field: "other",
    en: () => "Choose two different rules to see side by side",
    cy: () => "Dewiswch ddwy reol wahanol i'w gweld ochr yn ochr",
  },
  address_taken: {
    status: 409,
    field: "slug",
    en: () => "Another election is published at this address. Choose another.",
    cy: () => "Cyhoeddwyd etholiad arall yn y cyfeiriad hwn. Dewiswch un arall.",
  },
  optimum_not_proved: {
    status: 422,
    field: "rule",
    en: () => countable("optimum_not_proved", "en"),
    cy: () => countable("optimum_not_proved", "cy"),
  },
  too_many_raises: {
    status: 422,
    field: "completion",
    en: () => countable("too_many_raises", "en"),
    cy: () => countable("too_many_raises", "cy"),
  },
  too_many_ties: {
    status: 422,
    field: "rule",
    en: () => countable("too_many_ties", "en"),
    cy: () => countable("too_many_ties", "cy"),
  },
  too_much_to_show: {
    status: 422,
    en: () =>
      "There are too many projects or ties to show on a page. Count the file on your own machine: bin/onepot ballot count FILE.pb",
    cy: () =>
      "Mae gormod o brosiectau neu bleidleisiau cyfartal i'w dangos ar dudalen. Cyfrifwch y ffeil ar eich peiriant eich hun: bin/onepot ballot count FFEIL.pb",
  },
  took_too_long: {
    status: 422,
    en: () =>
      "This took longer than a minute and was stopped. Choose another rule, or count the file on your own machine: bin/onepot ballot count FILE.pb",
    cy: () =>
      "Cymerodd hyn fwy na munud ac fe'i stopiwyd. Dewiswch reol arall, neu cyfrifwch y ffeil ar eich peiriant eich hun: bin/onepot ballot count FFEIL.pb",
  },
  too_much_memory: {
    status: 422,
    en: () =>
      "This needs more memory than one count may use here, and was stopped. Count the file on your own machine: bin/onepot ballot count FILE.pb",
    cy: () =>
      "Mae angen mwy o gof ar hyn nag y caiff un cyfrif ei ddefnyddio yma, ac fe'i stopiwyd. Cyfrifwch y ffeil ar eich peiriant eich hun: bin/onepot ballot count FFEIL.pb",
  },
};
