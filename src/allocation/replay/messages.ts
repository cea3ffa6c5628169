/** What is wrong with a replay, as sentences. A fault without its sentence in both languages does not compile. */
import type { Language } from "../../lib/language.ts";
import type { Expected } from "./read-replay.ts";
import type { ReplayFault } from "./verify-replay.ts";

type Sentence<F> = { readonly [L in Language]: (fault: F) => string };
type Sentences = { readonly [C in ReplayFault["code"]]: Sentence<Extract<ReplayFault, { readonly code: C }>> };
type Wrong = Extract<ReplayFault, { readonly field: string }>;

const EXPECTED: { readonly [E in Expected]: { readonly [L in Language]: string } } = {
  text: { en: "text", cy: "testun" },
  whole_number: { en: "a whole number", cy: "rhif cyfan" },
  amount: { en: "an amount as text", cy: "swm fel testun" },
  fraction: { en: "a fraction as text, such as 17/3", cy: "ffracsiwn fel testun, megis 17/3" },
  yes_or_no: { en: "true or false", cy: "true neu false" },
  list: { en: "a list", cy: "rhestr" },
  record: { en: "a set of named values", cy: "set o werthoedd ag enwau" },
  one_of_the_known: {
    en: "one of the values that this format knows",
    cy: "un o'r gwerthoedd y mae'r fformat hwn yn eu hadnabod",
  },
  this_format: { en: "the version of this format", cy: "fersiwn y fformat hwn" },
};

/** A long value is cut, so that the sentence can be read. */
const MOST_SHOWN = 120;
const shown = (value: string): string => (value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value);

const wrong = (en: string, cy: string): Sentence<Wrong> => ({
  en: ({ line, field, found, expected }) =>
    field === "line"
      ? expected === null
        ? `Line ${line} should not be there: ${en}.`
        : `Line ${line} should be ${shown(expected)}: ${en}.`
      : `On line ${line}, ${field} is ${shown(found ?? "missing")} and should be ${shown(expected ?? "left out")}: ${en}.`,
  cy: ({ line, field, found, expected }) =>
    field === "line"
      ? expected === null
        ? `Ni ddylai llinell ${line} fod yno: ${cy}.`
        : `Dylai llinell ${line} fod yn ${shown(expected)}: ${cy}.`
      : `Ar linell ${line}, ${shown(found ?? "dim")} yw ${field} a dylai fod yn ${shown(expected ?? "absennol")}: ${cy}.`,
});

const SENTENCES: Sentences = {
  too_long: {
    en: () => "The replay is longer than any count can be. Choose the file that the count wrote.",
    cy: () => "Mae'r ailchwarae yn hirach nag y gall unrhyw gyfrif fod. Dewiswch y ffeil a ysgrifennodd y cyfrif.",
  },
  not_json: {
    en: () => "This is not a replay of a count: it is not JSON. Choose the file that the count wrote.",
    cy: () => "Nid ailchwarae o gyfrif yw hwn: nid JSON ydyw. Dewiswch y ffeil a ysgrifennodd y cyfrif.",
  },
  not_a_replay: {
    en: () => "This is not a replay of a count: it does not name that format. Choose the file that the count wrote.",
    cy: () =>
      "Nid ailchwarae o gyfrif yw hwn: nid yw'n enwi'r fformat hwnnw. Dewiswch y ffeil a ysgrifennodd y cyfrif.",
  },
  misshapen: {
    en: ({ path, expected }) =>
      `This replay cannot be read: "${path}" should be ${EXPECTED[expected].en}. Choose the file as the count wrote it.`,
    cy: ({ path, expected }) =>
      `Ni ellir darllen yr ailchwarae hwn: dylai "${path}" fod yn ${EXPECTED[expected].cy}. Dewiswch y ffeil fel yr ysgrifennodd y cyfrif hi.`,
  },
  not_as_written: {
    en: ({ line, found, expected }) =>
      `Line ${line} is not as a count writes it. It is "${shown(found)}" and should be "${shown(expected)}".`,
    cy: ({ line, found, expected }) =>
      `Nid yw llinell ${line} fel y mae cyfrif yn ei hysgrifennu. "${shown(found)}" ydyw a dylai fod yn "${shown(expected)}".`,
  },
  wrong_file: {
    en: ({ found, expected }) =>
      `The replay is of another file. It names the file with SHA-256 ${found}, and this one has ${expected}.`,
    cy: ({ found, expected }) =>
      `Ailchwarae o ffeil arall yw hwn. Mae'n enwi'r ffeil â SHA-256 ${found}, a ${expected} sydd gan hon.`,
  },
  unknown_project: {
    en: ({ line, project }) => `Line ${line} names project "${shown(project)}", which is not in the election.`,
    cy: ({ line, project }) => `Mae llinell ${line} yn enwi prosiect "${shown(project)}", nad yw yn yr etholiad.`,
  },
  uncountable: {
    en: ({ line }) => `The ballots of this election cannot be counted with the rule on line ${line}.`,
    cy: ({ line }) => `Ni ellir cyfrif pleidleisiau'r etholiad hwn gyda'r rheol ar linell ${line}.`,
  },
  wrong_election: wrong("this is what the election file says", "dyma a ddywed ffeil yr etholiad"),
  wrong_parameters: wrong("this is how the format writes the rule", "dyma sut mae'r fformat yn ysgrifennu'r rheol"),
  wrong_counted: wrong("the rule gives something else", "mae'r rheol yn rhoi rhywbeth arall"),
  wrong_stage: wrong("this part of the count starts otherwise", "mae'r rhan hon o'r cyfrif yn dechrau fel arall"),
  wrong_purchase: wrong("counted again, this purchase differs", "o gyfrif eto, mae'r pryniant hwn yn wahanol"),
  wrong_passed: wrong(
    "counted again, another project did not fit",
    "o gyfrif eto, prosiect arall nad oedd digon o arian iddo",
  ),
  wrong_tie: wrong("counted again, this tie differs", "o gyfrif eto, mae'r cyfartalwch hwn yn wahanol"),
  wrong_result: wrong("this does not follow from the purchases", "nid yw hyn yn dilyn o'r pryniannau"),
  wrong_comparison: wrong(
    "counted again, the comparison with greedy by votes differs",
    "o gyfrif eto, mae'r gymhariaeth â'r drefn yn ôl pleidleisiau yn wahanol",
  ),
  wrong_part: wrong(
    "counted again, what is left goes elsewhere",
    "o gyfrif eto, mae'r hyn sydd ar ôl yn mynd i rywle arall",
  ),
  raise_should_end: {
    en: ({ line, raise }) => `Line ${line} has the wrong number of raises: the raises had to end at number ${raise}.`,
    cy: ({ line, raise }) =>
      `Mae nifer y codiadau ar linell ${line} yn anghywir: roedd yn rhaid i'r codiadau orffen yn rhif ${raise}.`,
  },
  raise_should_go_on: {
    en: ({ line, raise }) =>
      `Line ${line} has the wrong number of raises: after number ${raise} more could be funded, so they had to go on.`,
    cy: ({ line, raise }) =>
      `Mae nifer y codiadau ar linell ${line} yn anghywir: ar ôl rhif ${raise} gellid ariannu mwy, felly roedd yn rhaid parhau.`,
  },
  optimum_wrong: {
    en: ({ line }) =>
      `Line ${line} gives a greatest satisfaction that no set of projects has, or that another exceeds.`,
    cy: ({ line }) =>
      `Mae llinell ${line} yn rhoi boddhad mwyaf nad oes gan unrhyw set o brosiectau, neu y mae un arall yn rhagori arno.`,
  },
  optimum_too_much_work: {
    en: ({ line }) => `Whether the greatest satisfaction on line ${line} is right would take too long to prove here.`,
    cy: ({ line }) => `Byddai'n cymryd gormod o amser i brofi yma a yw'r boddhad mwyaf ar linell ${line} yn gywir.`,
  },
  changed_since: {
    en: ({ line }) =>
      `Line ${line}, the seal, is not that of the lines above it: the replay was changed after it was written.`,
    cy: ({ line }) =>
      `Nid yw llinell ${line}, y sêl, yn perthyn i'r llinellau uwch ei phen: newidiwyd yr ailchwarae ar ôl ei ysgrifennu.`,
  },
};

export function describeFault(fault: ReplayFault, language: Language): string {
  const sentence = SENTENCES[fault.code][language] as (of: ReplayFault) => string;
  return sentence(fault);
}

/** The line of the replay that is wrong; null where it is not the text of one. */
export function lineOfFault(fault: ReplayFault): number | null {
  return "line" in fault ? fault.line : null;
}
