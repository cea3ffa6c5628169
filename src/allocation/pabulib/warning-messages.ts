/**
 * What each warning of a file of an election says to the person who mends it: what stands there and what to do, one sentence in each
 * language. The words of a fault itself (`found`, `expected`) belong to no language.
 */
import type { FaultMessage, WarningCode } from "./fault-message.ts";

export const WARNING_MESSAGES: Readonly<Record<WarningCode, FaultMessage>> = {
  section_order: {
    en: ({ found, expected }) => `The sections stand in the order ${found}: put them in the order ${expected}.`,
    cy: ({ found, expected }) => `Mae'r adrannau yn y drefn ${found}: rhowch nhw yn y drefn ${expected}.`,
  },
  row_outside_section: {
    en: ({ found, expected }) =>
      `The row “${found}” stands before any section and is not read: move it below ${expected} or delete it.`,
    cy: ({ found, expected }) =>
      `Mae'r rhes “${found}” cyn unrhyw adran ac ni chaiff ei darllen: symudwch hi o dan ${expected} neu ei dileu.`,
  },
  meta_header: {
    en: ({ found, expected }) =>
      `The section META begins with “${found}” where ${expected} should stand: add that line.`,
    cy: ({ found, expected }) =>
      `Mae'r adran META yn dechrau gyda “${found}” lle dylai ${expected} fod: ychwanegwch y llinell honno.`,
  },
  meta_key_repeated: {
    en: ({ found }) => `The key “${found}” stands a second time and this last one counts: keep only one.`,
    cy: ({ found }) =>
      `Mae'r allwedd “${found}” yn ymddangos am yr eildro a'r olaf hon sy'n cyfrif: cadwch un yn unig.`,
  },
  meta_key_missing: {
    en: ({ expected }) => `The section META lacks the key ${expected}: add it.`,
    cy: ({ expected }) => `Nid oes allwedd ${expected} yn yr adran META: ychwanegwch hi.`,
  },
  column_repeated: {
    en: ({ found }) =>
      `The column “${found}” stands a second time and only the first is read: rename or delete this one.`,
    cy: ({ found }) =>
      `Mae'r golofn “${found}” yn ymddangos am yr eildro a dim ond y gyntaf a ddarllenir: ailenwch neu dilëwch hon.`,
  },
  voter_column_missing: {
    en: ({ expected }) => `The column ${expected} is missing, so nobody can be seen to vote twice: add it.`,
    cy: ({ expected }) =>
      `Mae'r golofn ${expected} ar goll, felly ni ellir gweld a yw rhywun wedi pleidleisio ddwywaith: ychwanegwch hi.`,
  },
  cells_missing: {
    en: ({ found, expected }) =>
      `The row has ${found} cells where there are ${expected} columns, and the missing ones are read as empty: add the separators.`,
    cy: ({ found, expected }) =>
      `Mae gan y rhes ${found} cell lle mae ${expected} colofn, a darllenir y rhai coll yn wag: ychwanegwch y gwahanyddion.`,
  },
  cells_extra: {
    en: ({ found, expected }) =>
      `The row has ${found} cells where there are ${expected} columns, and the last ones are not read: put quotation marks round a cell that holds a separator.`,
    cy: ({ found, expected }) =>
      `Mae gan y rhes ${found} cell lle mae ${expected} colofn, ac ni ddarllenir yr olaf ohonynt: rhowch ddyfynodau o amgylch cell sy'n cynnwys gwahanydd.`,
  },
  decimal_comma: {
    en: ({ found, expected }) => `The comma in “${found}” is read as a decimal point: write ${expected}.`,
    cy: ({ found, expected }) => `Darllenir y coma yn “${found}” fel pwynt degol: ysgrifennwch ${expected}.`,
  },
  list_space: {
    en: ({ found }) =>
      `There are spaces beside the commas in “${found}”, which other programs read as part of the ids: delete them.`,
    cy: ({ found }) =>
      `Mae bylchau wrth ymyl y comas yn “${found}”, ac mae rhaglenni eraill yn eu darllen fel rhan o'r dynodwyr: dilëwch nhw.`,
  },
  list_item_empty: {
    en: () => "A list has nothing between two of its commas: delete one of them.",
    cy: () => "Nid oes dim rhwng dau o gomas y rhestr: dilëwch un ohonynt.",
  },
  limits_unclear: {
    en: ({ found, expected }) =>
      `The amounts “${found}” do not match the names they belong to (${expected}), so they are not used: give one amount for each name.`,
    cy: ({ found, expected }) =>
      `Nid yw'r symiau “${found}” yn cyfateb i'r enwau y maent yn perthyn iddynt (${expected}), felly ni chânt eu defnyddio: rhowch un swm i bob enw.`,
  },
  voter_without_id: {
    en: () => "This voter has no id; the ballot is counted: give each voter an id.",
    cy: () =>
      "Nid oes gan y pleidleisiwr hwn ddynodwr; cyfrifir y papur pleidleisio: rhowch ddynodwr i bob pleidleisiwr.",
  },
  voter_repeated: {
    en: ({ found }) =>
      `The voter “${found}” stands a second time and both ballots are counted: check whether one of them should go.`,
    cy: ({ found }) =>
      `Mae'r pleidleisiwr “${found}” yn ymddangos am yr eildro a chyfrifir y ddau bapur pleidleisio: gwiriwch a ddylai un ohonynt fynd.`,
  },
  choice_unknown: {
    en: ({ found }) =>
      `No project has the id “${found}”, so this choice is not counted: correct it or add the project.`,
    cy: ({ found }) =>
      `Nid oes gan unrhyw brosiect y dynodwr “${found}”, felly ni chyfrifir y dewis hwn: cywirwch ef neu ychwanegwch y prosiect.`,
  },
  choice_none: {
    en: ({ found }) =>
      `A project has the id “${found}”, but alone in a ballot this word says that nothing was chosen, and it is not counted: give the project another id.`,
    cy: ({ found }) =>
      `Mae gan brosiect y dynodwr “${found}”, ond ar ei ben ei hun ar bapur pleidleisio mae'r gair hwn yn dweud na ddewiswyd dim, ac ni chaiff ei gyfrif: rhowch ddynodwr arall i'r prosiect.`,
  },
  choice_repeated: {
    en: ({ found }) => `The ballot names “${found}” more than once and only the first counts: delete the others.`,
    cy: ({ found }) =>
      `Mae'r papur pleidleisio yn enwi “${found}” fwy nag unwaith a dim ond y cyntaf sy'n cyfrif: dilëwch y lleill.`,
  },
  points_unused: {
    en: ({ found }) =>
      `Votes of the type ${found} have no points, so this column is not read: delete it or correct vote_type.`,
    cy: ({ found }) =>
      `Nid oes pwyntiau gan bleidleisiau o'r math ${found}, felly ni ddarllenir y golofn hon: dilëwch hi neu cywirwch vote_type.`,
  },
  target_renamed: {
    en: ({ found, expected }) => `The column ${found} has been called ${expected} since April 2026: rename it.`,
    cy: ({ found, expected }) => `Enw'r golofn ${found} ers Ebrill 2026 yw ${expected}: ailenwch hi.`,
  },
  number_unreadable: {
    en: ({ found, expected }) => `“${found}” is not a number: write it in digits, such as ${expected}.`,
    cy: ({ found, expected }) => `Nid yw “${found}” yn rhif: ysgrifennwch ef mewn digidau, megis ${expected}.`,
  },
  line_empty: {
    en: () => "This line is empty: delete it.",
    cy: () => "Mae'r llinell hon yn wag: dilëwch hi.",
  },
  cell_space: {
    en: ({ found }) => `There are spaces at an end of “${found}”: delete them.`,
    cy: ({ found }) => `Mae bylchau ar ben “${found}”: dilëwch nhw.`,
  },
  projects_miscounted: {
    en: ({ found, expected }) =>
      `META says that there are ${found} projects and there are ${expected}: correct num_projects or look for what is missing.`,
    cy: ({ found, expected }) =>
      `Mae META yn dweud bod ${found} prosiect ac mae ${expected}: cywirwch num_projects neu chwiliwch am yr hyn sydd ar goll.`,
  },
  ballots_miscounted: {
    en: ({ found, expected }) =>
      `META says that there are ${found} votes and there are ${expected}: correct num_votes or look for what is missing.`,
    cy: ({ found, expected }) =>
      `Mae META yn dweud bod ${found} pleidlais ac mae ${expected}: cywirwch num_votes neu chwiliwch am yr hyn sydd ar goll.`,
  },
  votes_miscounted: {
    en: ({ found, expected }) =>
      `The project is said to have ${found} votes and the ballots give it ${expected}: correct the one or look into the other.`,
    cy: ({ found, expected }) =>
      `Dywedir bod gan y prosiect ${found} pleidlais ac mae'r papurau'n rhoi ${expected} iddo: cywirwch y naill neu edrychwch ar y llall.`,
  },
  score_miscounted: {
    en: ({ found, expected }) =>
      `The project is said to have a score of ${found} and the ballots give it ${expected}: correct the one or look into the other.`,
    cy: ({ found, expected }) =>
      `Dywedir bod gan y prosiect sgôr o ${found} ac mae'r papurau'n rhoi ${expected} iddo: cywirwch y naill neu edrychwch ar y llall.`,
  },
  ballot_short: {
    en: ({ found, expected }) =>
      `The ballot has ${found} choices where ${expected} are allowed: check it or correct min_length.`,
    cy: ({ found, expected }) =>
      `Mae gan y papur pleidleisio ${found} dewis lle caniateir ${expected}: gwiriwch ef neu cywirwch min_length.`,
  },
  ballot_long: {
    en: ({ found, expected }) =>
      `The ballot has ${found} choices where ${expected} are allowed: check it or correct max_length.`,
    cy: ({ found, expected }) =>
      `Mae gan y papur pleidleisio ${found} dewis lle caniateir ${expected}: gwiriwch ef neu cywirwch max_length.`,
  },
  ballot_not_one: {
    en: ({ found, expected }) =>
      `The ballot has ${found} choices where each voter has ${expected}: check it or correct vote_type.`,
    cy: ({ found, expected }) =>
      `Mae gan y papur pleidleisio ${found} dewis lle mae gan bob pleidleisiwr ${expected}: gwiriwch ef neu cywirwch vote_type.`,
  },
  ballot_cost_low: {
    en: ({ found, expected }) =>
      `What the ballot chose costs ${found} where ${expected} is allowed: check it or correct min_sum_cost.`,
    cy: ({ found, expected }) =>
      `Mae'r hyn a ddewisodd y papur pleidleisio yn costio ${found} lle caniateir ${expected}: gwiriwch ef neu cywirwch min_sum_cost.`,
  },
  ballot_cost_high: {
    en: ({ found, expected }) =>
      `What the ballot chose costs ${found} where ${expected} is allowed: check it or correct max_sum_cost.`,
    cy: ({ found, expected }) =>
      `Mae'r hyn a ddewisodd y papur pleidleisio yn costio ${found} lle caniateir ${expected}: gwiriwch ef neu cywirwch max_sum_cost.`,
  },
  points_low: {
    en: ({ found, expected }) =>
      `The ballot gives a project ${found} points where ${expected} are allowed: check it or correct min_points.`,
    cy: ({ found, expected }) =>
      `Mae'r papur pleidleisio yn rhoi ${found} pwynt i brosiect lle caniateir ${expected}: gwiriwch ef neu cywirwch min_points.`,
  },
  points_high: {
    en: ({ found, expected }) =>
      `The ballot gives a project ${found} points where ${expected} are allowed: check it or correct max_points.`,
    cy: ({ found, expected }) =>
      `Mae'r papur pleidleisio yn rhoi ${found} pwynt i brosiect lle caniateir ${expected}: gwiriwch ef neu cywirwch max_points.`,
  },
  points_sum_low: {
    en: ({ found, expected }) =>
      `The ballot gives ${found} points in all where ${expected} are allowed: check it or correct min_sum_points.`,
    cy: ({ found, expected }) =>
      `Mae'r papur pleidleisio yn rhoi ${found} pwynt i gyd lle caniateir ${expected}: gwiriwch ef neu cywirwch min_sum_points.`,
  },
  points_sum_high: {
    en: ({ found, expected }) =>
      `The ballot gives ${found} points in all where ${expected} are allowed: check it or correct max_sum_points.`,
    cy: ({ found, expected }) =>
      `Mae'r papur pleidleisio yn rhoi ${found} pwynt i gyd lle caniateir ${expected}: gwiriwch ef neu cywirwch max_sum_points.`,
  },
  category_length_low: {
    en: ({ found, expected }) =>
      `The ballot's choices in a category are too few (${found}, and ${expected} is allowed): check it or correct min_length_per_category.`,
    cy: ({ found, expected }) =>
      `Mae dewisiadau'r papur pleidleisio mewn categori yn rhy ychydig (${found}, a chaniateir ${expected}): gwiriwch ef neu cywirwch min_length_per_category.`,
  },
  category_length_high: {
    en: ({ found, expected }) =>
      `The ballot's choices in a category are too many (${found}, and ${expected} is allowed): check it or correct max_length_per_category.`,
    cy: ({ found, expected }) =>
      `Mae dewisiadau'r papur pleidleisio mewn categori yn ormod (${found}, a chaniateir ${expected}): gwiriwch ef neu cywirwch max_length_per_category.`,
  },
  category_cost_low: {
    en: ({ found, expected }) =>
      `The ballot's choices in a category cost too little (${found}, and ${expected} is allowed): check it or correct min_sum_cost_per_category.`,
    cy: ({ found, expected }) =>
      `Mae dewisiadau'r papur pleidleisio mewn categori yn costio rhy ychydig (${found}, a chaniateir ${expected}): gwiriwch ef neu cywirwch min_sum_cost_per_category.`,
  },
  category_cost_high: {
    en: ({ found, expected }) =>
      `The ballot's choices in a category cost too much (${found}, and ${expected} is allowed): check it or correct max_sum_cost_per_category.`,
    cy: ({ found, expected }) =>
      `Mae dewisiadau'r papur pleidleisio mewn categori yn costio gormod (${found}, a chaniateir ${expected}): gwiriwch ef neu cywirwch max_sum_cost_per_category.`,
  },
  category_unlisted: {
    en: ({ found, expected }) =>
      `The category “${found}” is not among those that META lists (${expected}): correct it or add it there.`,
    cy: ({ found, expected }) =>
      `Nid yw'r categori “${found}” ymhlith y rhai y mae META yn eu rhestru (${expected}): cywirwch ef neu ychwanegwch ef yno.`,
  },
  neighbourhood_unlisted: {
    en: ({ found, expected }) =>
      `The neighbourhood “${found}” is not among those that META lists (${expected}): correct it or add it there.`,
    cy: ({ found, expected }) =>
      `Nid yw'r gymdogaeth “${found}” ymhlith y rhai y mae META yn eu rhestru (${expected}): cywirwch hi neu ychwanegwch hi yno.`,
  },
  project_id_comma: {
    en: ({ found }) => `The project id “${found}” has a comma in it, so no ballot can name it: choose another id.`,
    cy: ({ found }) =>
      `Mae coma yn nynodwr y prosiect “${found}”, felly ni all unrhyw bapur pleidleisio ei enwi: dewiswch ddynodwr arall.`,
  },
  cost_above_budget: {
    en: ({ found, expected }) => `The project costs ${found} and the budget allows ${expected}: check both.`,
    cy: ({ found, expected }) =>
      `Mae'r prosiect yn costio ${found} ac mae'r gyllideb yn caniatáu ${expected}: gwiriwch y ddau.`,
  },
  funded_above_budget: {
    en: ({ found, expected }) =>
      `The projects marked as funded cost ${found} together and the budget allows ${expected}: check which were funded.`,
    cy: ({ found, expected }) =>
      `Mae'r prosiectau a nodir fel rhai a ariannwyd yn costio ${found} gyda'i gilydd ac mae'r gyllideb yn caniatáu ${expected}: gwiriwch pa rai a ariannwyd.`,
  },
  funded_withdrawn: {
    en: ({ found }) =>
      `The project “${found}” is marked as funded, but its cost is the sign that it was withdrawn: correct one of them.`,
    cy: ({ found }) =>
      `Nodir bod y prosiect “${found}” wedi ei ariannu, ond ei gost yw'r arwydd iddo gael ei dynnu'n ôl: cywirwch un ohonynt.`,
  },
  funded_below_threshold: {
    en: ({ found, expected }) =>
      `The project is marked as funded with ${found} votes or points and the threshold is ${expected}: check both.`,
    cy: ({ found, expected }) =>
      `Nodir bod y prosiect wedi ei ariannu gyda ${found} pleidlais neu bwynt a'r trothwy yw ${expected}: gwiriwch y ddau.`,
  },
  unfunded_fits: {
    en: ({ found, expected }) =>
      `The project costs ${found}, still fits into what is left of the budget and is not marked as funded, though the rule would fund it (its cost would have to be ${expected}): check the rule and selected.`,
    cy: ({ found, expected }) =>
      `Mae'r prosiect yn costio ${found}, mae'n dal i ffitio yn yr hyn sy'n weddill o'r gyllideb ac ni nodir iddo gael ei ariannu, er y byddai'r rheol yn ei ariannu (byddai'n rhaid i'w gost fod ${expected}): gwiriwch y rheol a selected.`,
  },
  selected_unknown: {
    en: ({ found, expected }) => `The mark “${found}” is none of ${expected}: correct it.`,
    cy: ({ found, expected }) => `Nid yw'r marc “${found}” yn un o ${expected}: cywirwch ef.`,
  },
  coordinate_outside: {
    en: ({ found, expected }) => `“${found}” is not a number of degrees within ${expected}: correct it.`,
    cy: ({ found, expected }) => `Nid yw “${found}” yn nifer o raddau o fewn ${expected}: cywirwch ef.`,
  },
  date_shape: {
    en: ({ found, expected }) => `“${found}” is not a date: write it as ${expected}, or the year alone.`,
    cy: ({ found, expected }) =>
      `Nid yw “${found}” yn ddyddiad: ysgrifennwch ef fel ${expected}, neu'r flwyddyn yn unig.`,
  },
  dates_reversed: {
    en: ({ found, expected }) => `The vote ends on ${found}, before it begins on ${expected}: correct the dates.`,
    cy: ({ found, expected }) =>
      `Mae'r bleidlais yn gorffen ar ${found}, cyn iddi ddechrau ar ${expected}: cywirwch y dyddiadau.`,
  },
  language_shape: {
    en: ({ found, expected }) => `“${found}” is not a code of a language: use two small letters, such as ${expected}.`,
    cy: ({ found, expected }) => `Nid yw “${found}” yn god iaith: defnyddiwch ddwy lythyren fach, megis ${expected}.`,
  },
  currency_shape: {
    en: ({ found, expected }) =>
      `“${found}” is not a code of a currency: use three capital letters, such as ${expected}.`,
    cy: ({ found, expected }) => `Nid yw “${found}” yn god arian: defnyddiwch dair priflythyren, megis ${expected}.`,
  },
  flag_unknown: {
    en: ({ found, expected }) => `This mark can only be ${expected}, not “${found}”: correct it or leave the key out.`,
    cy: ({ found, expected }) =>
      `Dim ond ${expected} y gall y marc hwn fod, nid “${found}”: cywirwch ef neu hepgorwch yr allwedd.`,
  },
  fully_funded_untrue: {
    en: ({ found, expected }) =>
      `All projects are said to fit the budget, but they cost ${found} and the budget allows ${expected}: leave fully_funded out or correct the costs.`,
    cy: ({ found, expected }) =>
      `Dywedir bod yr holl brosiectau yn ffitio'r gyllideb, ond maent yn costio ${found} ac mae'r gyllideb yn caniatáu ${expected}: hepgorwch fully_funded neu cywirwch y costau.`,
  },
  comment_shape: {
    en: ({ found, expected }) => `The comment begins with “${found}”: number comments, as in ${expected}.`,
    cy: ({ found, expected }) => `Mae'r sylw yn dechrau gyda “${found}”: rhifwch sylwadau, fel yn ${expected}.`,
  },
  rule_unknown: {
    en: ({ found, expected }) => `The rule “${found}” is not known: use one of ${expected}.`,
    cy: ({ found, expected }) => `Nid yw'r rheol “${found}” yn hysbys: defnyddiwch un o ${expected}.`,
  },
};
