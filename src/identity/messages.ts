/** Why signing in, an invitation, a role or a key can be refused. */
import type { Catalogue } from "../platform/use-case/index.ts";
import type { PasswordFault } from "./domain/password-rules.ts";

export type IdentityRefusal =
  | PasswordFault
  | { readonly code: "sign_in_failed" }
  | { readonly code: "too_many_tries"; readonly retryAfterSeconds: number }
  | { readonly code: "account_closed" }
  | { readonly code: "password_wrong" }
  | { readonly code: "link_not_valid" }
  | { readonly code: "email_not_valid" }
  | { readonly code: "person_not_here" }
  | { readonly code: "role_held" }
  | { readonly code: "role_not_found" }
  | { readonly code: "own_role" }
  | { readonly code: "last_administrator" }
  | { readonly code: "partner_needed" }
  | { readonly code: "partner_not_here" }
  | { readonly code: "area_not_here" }
  | { readonly code: "place_needed"; readonly places: string }
  | { readonly code: "no_such_place"; readonly place: string }
  | { readonly code: "key_not_found" }
  | { readonly code: "key_shown_once" }
  | { readonly code: "expiry_not_valid"; readonly latest: string };

const passwordRefusals: Catalogue<PasswordFault> = {
  password_too_short: {
    status: 422,
    field: "password",
    en: ({ least }) =>
      `Your password must have ${least} characters or more. Three words that do not belong together make a good one.`,
    cy: ({ least }) =>
      `Rhaid i'ch cyfrinair fod yn ${least} nod neu fwy. Mae tri gair nad ydynt yn perthyn i'w gilydd yn gwneud un da.`,
  },
  password_too_long: {
    status: 422,
    field: "password",
    en: ({ most }) => `Your password must have ${most} characters or fewer.`,
    cy: ({ most }) => `Rhaid i'ch cyfrinair fod yn ${most} nod neu lai.`,
  },
  password_is_email: {
    status: 422,
    field: "password",
    en: () => "Your password must not be your email address. Choose another.",
    cy: () => "Ni chaiff eich cyfrinair fod yn gyfeiriad e-bost i chi. Dewiswch un arall.",
  },
  password_too_common: {
    status: 422,
    field: "password",
    en: () =>
      "This password is one of the first that people guess. Choose another, for example three words that do not belong together.",
    cy: () =>
      "Mae'r cyfrinair hwn ymhlith y rhai cyntaf y mae pobl yn eu dyfalu. Dewiswch un arall, er enghraifft tri gair nad ydynt yn perthyn i'w gilydd.",
  },
};

const signInRefusals = {
  sign_in_failed: {
    status: 403,
    field: "email",
    en: () =>
      "The email address or the password is not right. Check both and try again, or ask for a link to set a new password.",
    cy: () =>
      "Nid yw'r cyfeiriad e-bost neu'r cyfrinair yn gywir. Gwiriwch y ddau a rhowch gynnig arall arni, neu gofynnwch am ddolen i osod cyfrinair newydd.",
  },
  too_many_tries: {
    status: 429,
    en: ({ retryAfterSeconds }) =>
      `There have been too many tries. Wait ${waitInEnglish(retryAfterSeconds)}, then try again.`,
    cy: ({ retryAfterSeconds }) =>
      `Bu gormod o gynigion. Arhoswch ${waitInWelsh(retryAfterSeconds)}, yna rhowch gynnig arall arni.`,
  },
  account_closed: {
    status: 403,
    field: "email",
    en: () => "This account is closed. Ask the administrator of your place if you need it again.",
    cy: () => "Mae'r cyfrif hwn wedi'i gau. Gofynnwch i weinyddwr eich lle os oes ei angen arnoch eto.",
  },
  password_wrong: {
    status: 403,
    field: "current",
    en: () => "The current password is not right. Type it again.",
    cy: () => "Nid yw'r cyfrinair presennol yn gywir. Teipiwch ef eto.",
  },
  link_not_valid: {
    status: 404,
    en: () => "This link has been used, is too old or is not complete. Ask for a new one.",
    cy: () => "Mae'r ddolen hon wedi'i defnyddio, yn rhy hen neu'n anghyflawn. Gofynnwch am un newydd.",
  },
  email_not_valid: {
    status: 422,
    field: "email",
    en: () => "Enter an email address in the correct form, like name@example.com.",
    cy: () => "Rhowch gyfeiriad e-bost yn y ffurf gywir, fel enw@example.com.",
  },
} satisfies Partial<Catalogue<IdentityRefusal>>;

const roleRefusals = {
  person_not_here: {
    status: 404,
    field: "email",
    en: () => "Nobody with this email address has a role here. Invite them instead.",
    cy: () => "Nid oes gan neb â'r cyfeiriad e-bost hwn rôl yma. Gwahoddwch nhw yn lle hynny.",
  },
  role_held: {
    status: 409,
    field: "role",
    en: () => "This person holds this role already.",
    cy: () => "Mae'r rôl hon gan y person hwn eisoes.",
  },
  role_not_found: {
    status: 404,
    field: "holdingId",
    en: () => "There is no such role in force here. Choose one from the list of people.",
    cy: () => "Nid oes rôl o'r fath mewn grym yma. Dewiswch un o'r rhestr o bobl.",
  },
  own_role: {
    status: 403,
    field: "email",
    en: () => "You may not give a role to yourself. Ask another administrator.",
    cy: () => "Ni chewch roi rôl i chi'ch hun. Gofynnwch i weinyddwr arall.",
  },
  last_administrator: {
    status: 409,
    field: "holdingId",
    en: () => "This is the last administrator of the place. Make another person administrator first.",
    cy: () => "Dyma weinyddwr olaf y lle. Gwnewch berson arall yn weinyddwr yn gyntaf.",
  },
  partner_needed: {
    status: 422,
    field: "partnerId",
    en: () => "A partner officer acts for a partner. Choose which.",
    cy: () => "Mae swyddog partner yn gweithredu dros bartner. Dewiswch pa un.",
  },
  partner_not_here: {
    status: 404,
    field: "partnerId",
    en: () => "This place has no such partner. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn bartner o'r fath. Dewiswch un o'i restr.",
  },
  area_not_here: {
    status: 404,
    field: "areaId",
    en: () => "This place has no such area. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn ardal o'r fath. Dewiswch un o'i restr.",
  },
  place_needed: {
    status: 422,
    field: "place",
    en: ({ places }) => `Say which place the administrator is for: ${places}.`,
    cy: ({ places }) => `Dywedwch ar gyfer pa le y mae'r gweinyddwr: ${places}.`,
  },
  no_such_place: {
    status: 404,
    field: "place",
    en: ({ place }) => `There is no place "${place}" here. Check the name, or open it first.`,
    cy: ({ place }) => `Nid oes lle "${place}" yma. Gwiriwch yr enw, neu ei agor yn gyntaf.`,
  },
} satisfies Partial<Catalogue<IdentityRefusal>>;

const keyRefusals = {
  key_not_found: {
    status: 404,
    field: "keyId",
    en: () => "This place has no such key. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn allwedd o'r fath. Dewiswch un o'i restr.",
  },
  key_shown_once: {
    status: 409,
    en: () => "A key is shown once and not kept, so this cannot be repeated. Send it without a request key.",
    cy: () => "Dangosir allwedd unwaith ac ni chedwir hi, felly ni ellir ailadrodd hyn. Anfonwch ef heb allwedd cais.",
  },
  expiry_not_valid: {
    status: 422,
    field: "expiresOn",
    en: ({ latest }) => `Choose a last day for the key between tomorrow and ${latest}.`,
    cy: ({ latest }) => `Dewiswch ddiwrnod olaf i'r allwedd rhwng yfory a ${latest}.`,
  },
} satisfies Partial<Catalogue<IdentityRefusal>>;

export const identityRefusals: Catalogue<IdentityRefusal> = {
  ...passwordRefusals,
  ...signInRefusals,
  ...roleRefusals,
  ...keyRefusals,
};

function waitInEnglish(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

/** After a number a Welsh noun stays singular. */
function waitInWelsh(seconds: number): string {
  return seconds < 60 ? `${seconds} eiliad` : `${Math.ceil(seconds / 60)} munud`;
}
