/** Words of the page of one project of a result. The Welsh awaits a translator's check. */
import { openMessages } from "../../messages/translate.ts";

const en = {
  result: "Result",
  back: "Back to the result",
  outcome: "Outcome",
  funded: "Funded",
  notFunded: "Not funded",
  cost: "Cost",
  votes: "Votes",
  id: "Id",
  whyFunded: "How it was paid for",
  whyNot: "Why it was not funded",
  order: "When",
  orderSaid: "It was number {{order}} of {{all}} to be funded. With it {{spent}} of {{budget}} was spent.",
  tie: "Tie",
  tieSaid:
    "In round {{round}} of “{{stage}}” it could not be told apart from the others of these, and went first: {{projects}}.",
  changed: "What would have changed it",
  notSearched: "This takes many counts, so it is worked out for one project at a time.",
  workOut: "Work it out",
  workingOut: "It is being worked out. This page looks again every two seconds.",
  instead: "What its supporters' money bought instead",
  standing: "How it stood, round by round",
  standingDescription:
    "The effective votes of {{project}} before each of {{count}} purchases, and of the project bought.",
  standingNote:
    "Bars: the effective votes of this project before each purchase. Marks: those of the project that was bought. Effective votes are a project's cost divided by what a supporter who can pays for it; equal shares buys the project with the most of them next.",
  lost: "After round {{round}}, which bought {{name}}, its supporters could no longer pay for it together.",
  standingMore: "The first {{drawn}} rounds are drawn; the table has all.",
  neverCould: "Its supporters could not pay for it together in any round, even with all their shares.",
  bought: "Round, and what it bought",
  atTheEnd: "At the end",
  theirVotes: "Effective votes of the project bought",
  itsVotes: "Effective votes of this project",
  cannotPay: "Could not pay",
} as const;

const cy = {
  result: "Canlyniad",
  back: "Yn ôl i'r canlyniad",
  outcome: "Canlyniad",
  funded: "Ariennir",
  notFunded: "Nis ariennir",
  cost: "Cost",
  votes: "Pleidleisiau",
  id: "Rhif adnabod",
  whyFunded: "Sut y talwyd amdano",
  whyNot: "Pam na chafodd ei ariannu",
  order: "Pryd",
  orderSaid: "Hwn oedd rhif {{order}} o {{all}} i gael ei ariannu. Gydag ef gwariwyd {{spent}} o {{budget}}.",
  tie: "Pleidlais gyfartal",
  tieSaid:
    "Yn rownd {{round}} o “{{stage}}” ni ellid gwahaniaethu rhyngddo a'r lleill o blith y rhain, ac aeth yn gyntaf: {{projects}}.",
  changed: "Beth fyddai wedi newid hynny",
  notSearched: "Mae hyn yn gofyn am lawer o gyfrifon, felly fe'i gweithir allan ar gyfer un prosiect ar y tro.",
  workOut: "Ei weithio allan",
  workingOut: "Mae'n cael ei weithio allan. Mae'r dudalen hon yn edrych eto bob dwy eiliad.",
  instead: "Yr hyn a brynodd arian ei gefnogwyr yn lle hynny",
  standing: "Sut yr oedd yn sefyll, rownd wrth rownd",
  standingDescription:
    "Pleidleisiau effeithiol {{project}} cyn pob un o {{count}} o bryniannau, a rhai'r prosiect a brynwyd.",
  standingNote:
    "Barrau: pleidleisiau effeithiol y prosiect hwn cyn pob pryniant. Marciau: rhai'r prosiect a brynwyd. Pleidleisiau effeithiol yw cost prosiect wedi'i rhannu â'r hyn y mae cefnogwr sy'n gallu talu yn ei dalu amdano; mae cyfrannau cyfartal yn prynu'r prosiect â'r nifer mwyaf ohonynt nesaf.",
  lost: "Ar ôl rownd {{round}}, a brynodd {{name}}, ni allai ei gefnogwyr dalu amdano gyda'i gilydd mwyach.",
  standingMore: "Tynnir llun y {{drawn}} rownd gyntaf; mae'r tabl yn cynnwys pob un.",
  neverCould: "Ni allai ei gefnogwyr dalu amdano gyda'i gilydd mewn unrhyw rownd, hyd yn oed â'u holl gyfrannau.",
  bought: "Rownd, a'r hyn a brynodd",
  atTheEnd: "Ar y diwedd",
  theirVotes: "Pleidleisiau effeithiol y prosiect a brynwyd",
  itsVotes: "Pleidleisiau effeithiol y prosiect hwn",
  cannotPay: "Ni ellid talu",
} as const;

export const projectWords = openMessages({ en, cy });
