/** What is said, in each language, of an election that a rule cannot count. */
import type { Language } from "../lib/language.ts";
import type { Uncountable } from "./outcome.ts";

const WORDS: Readonly<Record<Uncountable["code"], Readonly<Record<Language, string>>>> = {
  utility_needs_points: {
    en: "These ballots give no points. Count by cost or by cardinality instead.",
    cy: "Nid yw'r papurau pleidleisio hyn yn rhoi pwyntiau. Cyfrifwch yn ôl cost neu yn ôl nifer y prosiectau yn lle hynny.",
  },
  utility_needs_ranking: {
    en: "These ballots do not rank projects. Count by cost or by cardinality instead.",
    cy: "Nid yw'r papurau pleidleisio hyn yn rhoi prosiectau mewn trefn. Cyfrifwch yn ôl cost neu yn ôl nifer y prosiectau yn lle hynny.",
  },
  phragmen_needs_approvals: {
    en: "Phragmén's rule counts ballots that choose projects without points or ranks. Choose greedy or equal shares.",
    cy: "Mae rheol Phragmén yn cyfrif papurau sy'n dewis prosiectau heb bwyntiau na threfn. Dewiswch y rheol farus neu gyfrannau cyfartal.",
  },
  no_ballots: {
    en: "Nobody voted: there is no ballot to count.",
    cy: "Ni phleidleisiodd neb: nid oes papur pleidleisio i'w gyfrif.",
  },
  points_too_large: {
    en: "The points of these ballots come to more than nine quadrillion together. Count by cost or by cardinality instead.",
    cy: "Daw pwyntiau'r papurau pleidleisio hyn i fwy na naw cwadriliwn gyda'i gilydd. Cyfrifwch yn ôl cost neu yn ôl nifer y prosiectau yn lle hynny.",
  },
  too_many_raises: {
    en: "The shares would have to be raised more than nine quadrillion times. Choose another completion.",
    cy: "Byddai'n rhaid codi'r cyfrannau fwy na naw cwadriliwn o weithiau. Dewiswch ffordd arall o orffen.",
  },
  too_many_ties: {
    en: "Thousands of projects tie in round after round, more than can be listed. Choose another rule.",
    cy: "Mae miloedd o brosiectau'n gyfartal rownd ar ôl rownd, mwy nag y gellir eu rhestru. Dewiswch reol arall.",
  },
  optimum_not_proved: {
    en: "The best set could not be proved within the work that is allowed. Choose another rule.",
    cy: "Ni ellid profi'r set orau o fewn y gwaith a ganiateir. Dewiswch reol arall.",
  },
};

export function wordsOfUncountable({ code }: Uncountable, language: Language): string {
  return WORDS[code][language];
}
