/** Why sharing, looking or an agreement itself can be refused. Each says what is wanting and whom to ask. */
import { formatDay } from "../lib/day-words.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { SharingRefusal } from "./domain/agreement.ts";
import type { SigningRefusal } from "./domain/signing.ts";
import type { TermsRefusal } from "./domain/terms.ts";
import { type Capacity, capacityName, purposeName } from "./domain/words.ts";

const ASK = {
  en: "Ask the information governance lead.",
  cy: "Gofynnwch i'r arweinydd llywodraethu gwybodaeth.",
} as const;

/** Of whatever needs an agreement: spread into the catalogue of each subject that shares or shows under one. */
export const sharingRefusals: Catalogue<SharingRefusal> = {
  agreement_not_found: {
    status: 404,
    field: "agreementId",
    en: () => `There is no such information-sharing agreement here. ${ASK.en}`,
    cy: () => `Nid oes cytundeb rhannu gwybodaeth o'r fath yma. ${ASK.cy}`,
  },
  agreement_ended: {
    status: 409,
    field: "agreementId",
    en: ({ title, endedOn }) => `The agreement "${title}" ended on ${formatDay("en", endedOn)}. ${ASK.en}`,
    cy: ({ title, endedOn }) => `Daeth y cytundeb "${title}" i ben ar ${formatDay("cy", endedOn)}. ${ASK.cy}`,
  },
  agreement_past: {
    status: 409,
    field: "agreementId",
    en: ({ title, endsOn }) => `The last day of the agreement "${title}" was ${formatDay("en", endsOn)}. ${ASK.en}`,
    cy: ({ title, endsOn }) => `Diwrnod olaf y cytundeb "${title}" oedd ${formatDay("cy", endsOn)}. ${ASK.cy}`,
  },
  agreement_unsigned: {
    status: 409,
    field: "agreementId",
    en: ({ title, partners }) =>
      `The agreement "${title}" is not in force: it waits for the signature of ${partners}. ${ASK.en}`,
    cy: ({ title, partners }) => `Nid yw'r cytundeb "${title}" mewn grym: mae'n aros am lofnod ${partners}. ${ASK.cy}`,
  },
  agreement_to_start: {
    status: 409,
    field: "agreementId",
    en: ({ title, startsOn }) =>
      `The agreement "${title}" is in force from ${formatDay("en", startsOn)}, not before. ${ASK.en}`,
    cy: ({ title, startsOn }) =>
      `Mae'r cytundeb "${title}" mewn grym o ${formatDay("cy", startsOn)}, nid cyn hynny. ${ASK.cy}`,
  },
  purpose_not_agreed: {
    status: 403,
    field: "purpose",
    en: ({ title, purpose }) =>
      `The agreement "${title}" does not allow sharing to ${purposeName(purpose, "en")}. ${ASK.en}`,
    cy: ({ title, purpose }) =>
      `Nid yw'r cytundeb "${title}" yn caniatáu rhannu er mwyn ${purposeName(purpose, "cy")}. ${ASK.cy}`,
  },
  sender_not_agreed: {
    status: 403,
    field: "partnerId",
    en: ({ title }) => `This partner sends nothing under the agreement "${title}". ${ASK.en}`,
    cy: ({ title }) => `Nid yw'r partner hwn yn anfon dim o dan y cytundeb "${title}". ${ASK.cy}`,
  },
  receiver_not_agreed: {
    status: 403,
    en: ({ title }) => `Your partner receives nothing under the agreement "${title}". ${ASK.en}`,
    cy: ({ title }) => `Nid yw eich partner yn derbyn dim o dan y cytundeb "${title}". ${ASK.cy}`,
  },
};

const inCapacity = (capacity: Capacity) => ({ en: capacityName(capacity, "en"), cy: capacityName(capacity, "cy") });

export type AgreementRefusal = SharingRefusal | TermsRefusal | SigningRefusal;

/** Of the agreements' own use cases. */
export const agreementRefusals: Catalogue<AgreementRefusal> = {
  ...sharingRefusals,
  partner_not_here: {
    status: 422,
    field: "parties",
    en: () => "One of the parties is no partner of this place. Choose partners from its list, or add it first.",
    cy: () =>
      "Nid yw un o'r partïon yn bartner i'r lle hwn. Dewiswch bartneriaid o'r rhestr, neu ychwanegwch ef yn gyntaf.",
  },
  party_twice: {
    status: 422,
    field: "parties",
    en: () => "A partner is a party once. Leave out the second time.",
    cy: () => "Unwaith y mae partner yn barti. Gadewch yr ail dro allan.",
  },
  nobody_sends: {
    status: 422,
    field: "parties",
    en: () => "Choose at least one party that sends records.",
    cy: () => "Dewiswch o leiaf un parti sy'n anfon cofnodion.",
  },
  nobody_receives: {
    status: 422,
    field: "parties",
    en: () => "Choose at least one party that receives records.",
    cy: () => "Dewiswch o leiaf un parti sy'n derbyn cofnodion.",
  },
  party_does_nothing: {
    status: 422,
    field: "parties",
    en: () => "A party sends records, receives them, or both. Choose which, or leave it out.",
    cy: () => "Mae parti'n anfon cofnodion, yn eu derbyn, neu'r ddau. Dewiswch pa un, neu gadewch ef allan.",
  },
  health_not_sent: {
    status: 422,
    field: "parties",
    en: () => "A party sends health data only if it sends records. Choose that it sends, or take the tick away.",
    cy: () => "Dim ond parti sy'n anfon cofnodion sy'n anfon data iechyd. Dewiswch ei fod yn anfon, neu tynnwch y tic.",
  },
  review_before_start: {
    status: 422,
    field: "reviewOn",
    en: ({ startsOn }) => `The day of its review must be after ${formatDay("en", startsOn)}, when it starts.`,
    cy: ({ startsOn }) => `Rhaid i ddiwrnod ei adolygu fod ar ôl ${formatDay("cy", startsOn)}, pan fydd yn dechrau.`,
  },
  end_before_review: {
    status: 422,
    field: "endsOn",
    en: ({ reviewOn }) => `Its last day must not be before its review, on ${formatDay("en", reviewOn)}.`,
    cy: ({ reviewOn }) => `Rhaid i'w ddiwrnod olaf beidio â bod cyn ei adolygu, ar ${formatDay("cy", reviewOn)}.`,
  },
  over_already: {
    status: 422,
    field: "endsOn",
    en: ({ today }) => `Its last day must not be before today, ${formatDay("en", today)}.`,
    cy: ({ today }) => `Rhaid i'w ddiwrnod olaf beidio â bod cyn heddiw, ${formatDay("cy", today)}.`,
  },
  assessed_later: {
    status: 422,
    field: "assessedOn",
    en: ({ today }) => `The impact assessment must have been made: not after today, ${formatDay("en", today)}.`,
    cy: ({ today }) => `Rhaid bod yr asesiad effaith wedi'i wneud: nid ar ôl heddiw, ${formatDay("cy", today)}.`,
  },
  replaced_already: {
    status: 409,
    field: "replacesId",
    en: ({ title }) => `The agreement "${title}" has ended, so it cannot be replaced. Prepare one that replaces none.`,
    cy: ({ title }) =>
      `Mae'r cytundeb "${title}" wedi dod i ben, felly ni ellir ei ddisodli. Paratowch un nad yw'n disodli dim.`,
  },
  ...signingRefusals(),
};

function signingRefusals(): Catalogue<SigningRefusal> {
  return {
    not_a_party: {
      status: 422,
      field: "partnerId",
      en: () => "This partner is no party to the agreement. Choose one of its parties.",
      cy: () => "Nid yw'r partner hwn yn barti i'r cytundeb. Dewiswch un o'i bartïon.",
    },
    no_health_data: {
      status: 422,
      field: "capacity",
      en: () => "This party sends no health data, so no Caldicott guardian signs for it.",
      cy: () => "Nid yw'r parti hwn yn anfon data iechyd, felly nid oes gwarcheidwad Caldicott yn llofnodi drosto.",
    },
    signed_already: {
      status: 409,
      en: ({ capacity }) => `This is signed already: ${inCapacity(capacity).en}.`,
      cy: ({ capacity }) => `Llofnodwyd hyn eisoes: ${inCapacity(capacity).cy}.`,
    },
    partner_signs_itself: {
      status: 403,
      field: "partnerId",
      en: () => "A partner officer of this partner signs for it. Ask them: they have a task.",
      cy: () => "Mae swyddog partner i'r partner hwn yn llofnodi drosto. Gofynnwch iddynt: mae ganddynt dasg.",
    },
    not_your_partner: {
      status: 403,
      field: "partnerId",
      en: () =>
        "You may sign for your own partner only. Ask its partner officer, or where it has none here the information governance lead.",
      cy: () =>
        "Cewch lofnodi dros eich partner eich hun yn unig. Gofynnwch i'w swyddog partner, neu os nad oes ganddo un yma, i'r arweinydd llywodraethu gwybodaeth.",
    },
    paper_wanting: {
      status: 422,
      field: "onPaper",
      en: () => "Say where the paper that this partner signed is kept: you record its signature, you do not give it.",
      cy: () => "Dywedwch ble cedwir y papur a lofnododd y partner hwn: rydych yn cofnodi ei lofnod, nid yn ei roi.",
    },
    same_person: {
      status: 403,
      field: "capacity",
      en: () => "The Caldicott guardian is someone other than who signs for the partner. Ask another of its officers.",
      cy: () =>
        "Mae'r gwarcheidwad Caldicott yn rhywun heblaw'r un sy'n llofnodi dros y partner. Gofynnwch i swyddog arall.",
    },
    signed_later: {
      status: 422,
      field: "signedOn",
      en: ({ today }) => `The day of a signature must not be after today, ${formatDay("en", today)}.`,
      cy: ({ today }) => `Rhaid i ddiwrnod llofnod beidio â bod ar ôl heddiw, ${formatDay("cy", today)}.`,
    },
  };
}
