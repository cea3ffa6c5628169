/**
 * What each error of a file of an election says to the person who mends it: what stands there and what to do, one sentence in each
 * language. The words of a fault itself (`found`, `expected`) belong to no language.
 */
import type { ErrorCode, FaultMessage } from "./fault-message.ts";

export const ERROR_MESSAGES: Readonly<Record<ErrorCode, FaultMessage>> = {
  empty_file: {
    en: () => "The file is empty: choose the file again.",
    cy: () => "Mae'r ffeil yn wag: dewiswch y ffeil eto.",
  },
  not_this_format: {
    en: ({ found, expected }) =>
      `This does not look like a file of this kind (it looks like ${found}): it should have ${expected}.`,
    cy: ({ found, expected }) =>
      `Nid yw hon yn edrych fel ffeil o'r math hwn (mae'n edrych fel ${found}): dylai fod ${expected} ynddi.`,
  },
  not_utf8: {
    en: ({ found, expected }) => `The byte ${found} is not ${expected}: save the file again as ${expected}.`,
    cy: ({ found, expected }) => `Nid yw'r beit ${found} yn ${expected}: cadwch y ffeil eto fel ${expected}.`,
  },
  quote_not_closed: {
    en: () => "A quotation mark is opened here and never closed: close it, or double it if it is part of the text.",
    cy: () => "Mae dyfynnod yn agor yma a byth yn cau: caewch ef, neu ei ddyblu os yw'n rhan o'r testun.",
  },
  no_meta: {
    en: ({ expected }) =>
      `The file has no section ${expected}: add a line that says only ${expected}, and the keys and values under it.`,
    cy: ({ expected }) =>
      `Nid oes adran ${expected} yn y ffeil: ychwanegwch linell sy'n dweud ${expected} yn unig, a'r allweddi a'r gwerthoedd oddi tani.`,
  },
  no_projects_section: {
    en: ({ expected }) =>
      `The file has no section ${expected}: add a line that says only ${expected}, and the projects under it.`,
    cy: ({ expected }) =>
      `Nid oes adran ${expected} yn y ffeil: ychwanegwch linell sy'n dweud ${expected} yn unig, a'r prosiectau oddi tani.`,
  },
  no_votes_section: {
    en: ({ expected }) =>
      `The file has no section ${expected}: add a line that says only ${expected}, and the votes under it.`,
    cy: ({ expected }) =>
      `Nid oes adran ${expected} yn y ffeil: ychwanegwch linell sy'n dweud ${expected} yn unig, a'r pleidleisiau oddi tani.`,
  },
  section_repeated: {
    en: ({ found }) =>
      `The section ${found} begins a second time here: keep one of each section, for what follows is not read.`,
    cy: ({ found }) =>
      `Mae'r adran ${found} yn dechrau am yr eildro yma: cadwch un o bob adran, gan na ddarllenir yr hyn sy'n dilyn.`,
  },
  default_score_too_much: {
    en: ({ found, expected }) =>
      `With a default score every ballot scores every project, ${found} scores here: at most ${expected} are read, so leave default_score out.`,
    cy: ({ found, expected }) =>
      `Gyda sgôr ddiofyn mae pob papur yn sgorio pob prosiect, ${found} o sgoriau yma: ${expected} ar y mwyaf a ddarllenir, felly hepgorwch default_score.`,
  },
  budget_missing: {
    en: ({ expected }) => `The section META does not give the budget: add the key ${expected}.`,
    cy: ({ expected }) => `Nid yw'r adran META yn rhoi'r gyllideb: ychwanegwch yr allwedd ${expected}.`,
  },
  budget_unreadable: {
    en: ({ found, expected }) =>
      `The budget “${found}” is not an amount above nought: write it in digits with a point for the decimals, such as ${expected}.`,
    cy: ({ found, expected }) =>
      `Nid yw'r gyllideb “${found}” yn swm uwch na dim: ysgrifennwch hi mewn digidau gyda phwynt cyn y degolion, megis ${expected}.`,
  },
  vote_type_missing: {
    en: ({ expected }) =>
      `The section META does not say how people voted: add the key vote_type with one of ${expected}.`,
    cy: ({ expected }) =>
      `Nid yw'r adran META yn dweud sut y pleidleisiodd pobl: ychwanegwch yr allwedd vote_type gydag un o ${expected}.`,
  },
  vote_type_unknown: {
    en: ({ found, expected }) => `The vote_type “${found}” is not known: use one of ${expected}.`,
    cy: ({ found, expected }) => `Nid yw'r vote_type “${found}” yn hysbys: defnyddiwch un o ${expected}.`,
  },
  setting_unreadable: {
    en: ({ found, expected }) =>
      `The count needs this number and “${found}” is none: write it in digits, such as ${expected}.`,
    cy: ({ found, expected }) =>
      `Mae ar y cyfrif angen y rhif hwn ac nid yw “${found}” yn rhif: ysgrifennwch ef mewn digidau, megis ${expected}.`,
  },
  column_missing: {
    en: ({ expected }) => `The column ${expected} is missing, and nothing can be counted without it: add it.`,
    cy: ({ expected }) => `Mae'r golofn ${expected} ar goll, ac ni ellir cyfrif dim hebddi: ychwanegwch hi.`,
  },
  no_projects: {
    en: () => "There are no projects: add a row for each of them.",
    cy: () => "Nid oes prosiectau: ychwanegwch res ar gyfer pob un.",
  },
  project_without_id: {
    en: () => "This project has no id: give it one that no other project has.",
    cy: () => "Nid oes gan y prosiect hwn ddynodwr: rhowch un iddo nad oes gan yr un prosiect arall.",
  },
  project_repeated: {
    en: ({ found }) => `The project id “${found}” stands a second time: give each project an id of its own.`,
    cy: ({ found }) =>
      `Mae dynodwr y prosiect “${found}” yn ymddangos am yr eildro: rhowch ei ddynodwr ei hun i bob prosiect.`,
  },
  cost_unreadable: {
    en: ({ found, expected }) =>
      `The cost “${found}” is not an amount above nought: write it in digits with a point for the decimals, such as ${expected}.`,
    cy: ({ found, expected }) =>
      `Nid yw'r gost “${found}” yn swm uwch na dim: ysgrifennwch hi mewn digidau gyda phwynt cyn y degolion, megis ${expected}.`,
  },
  points_unreadable: {
    en: ({ found, expected }) =>
      `“${found}” is not a number that can be counted exactly: write it in digits, such as ${expected}.`,
    cy: ({ found, expected }) =>
      `Nid yw “${found}” yn rhif y gellir ei gyfrif yn union: ysgrifennwch ef mewn digidau, megis ${expected}.`,
  },
  points_length: {
    en: ({ found, expected }) =>
      `The ballot lists ${expected} projects and gives ${found} numbers of points: give one number for each project.`,
    cy: ({ found, expected }) =>
      `Mae'r papur pleidleisio yn rhestru ${expected} prosiect ac yn rhoi ${found} rhif pwyntiau: rhowch un rhif i bob prosiect.`,
  },
  ranks_unclear: {
    en: ({ found }) =>
      `The rank “${found}” stands twice on one ballot, so its order is not known: give each choice a rank of its own.`,
    cy: ({ found }) =>
      `Mae'r safle “${found}” yn ymddangos ddwywaith ar un papur pleidleisio, felly nid yw'r drefn yn hysbys: rhowch ei safle ei hun i bob dewis.`,
  },
  choice_without_voter: {
    en: () => "This choice has no voter_id, so it belongs to no ballot: say whose it is.",
    cy: () =>
      "Nid oes voter_id gan y dewis hwn, felly nid yw'n perthyn i unrhyw bapur pleidleisio: dywedwch pwy a'i gwnaeth.",
  },
};
