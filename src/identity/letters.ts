/**
 * The words of what is sent: an invitation, a new role, a link for a new password. In the reader's language, and without
 * a name or a role: anyone may see an open letterbox.
 */
import type { Language } from "../lib/language.ts";
import type { PlaceInHand } from "../platform/use-case/index.ts";

export type Letter = { readonly kind: string; readonly subject: string; readonly body: string };
type Words = { readonly subject: (place: string) => string; readonly body: (place: string, path: string) => string };

const LETTERS = {
  invitation: {
    en: {
      subject: () => "Set up your Onepot account",
      body: (place, path) =>
        `You have been invited to work with ${place} on Onepot.\n\nSet your password here within 7 days:\n{address}${path}\n\nThe link works once. If you did not expect this message, do nothing.`,
    },
    cy: {
      subject: () => "Gosodwch eich cyfrif Onepot",
      body: (place, path) =>
        `Fe'ch gwahoddwyd i weithio gyda ${place} ar Onepot.\n\nGosodwch eich cyfrinair yma o fewn 7 diwrnod:\n{address}${path}\n\nMae'r ddolen yn gweithio unwaith. Os nad oeddech yn disgwyl y neges hon, peidiwch â gwneud dim.`,
    },
  },
  role_given: {
    en: {
      subject: () => "You have a new role on Onepot",
      body: (place, path) =>
        `You have been given a role with ${place} on Onepot.\n\nSign in to see it:\n{address}${path}`,
    },
    cy: {
      subject: () => "Mae gennych rôl newydd ar Onepot",
      body: (place, path) =>
        `Rhoddwyd rôl i chi gyda ${place} ar Onepot.\n\nMewngofnodwch i'w gweld:\n{address}${path}`,
    },
  },
  reset: {
    en: {
      subject: () => "Set a new Onepot password",
      body: (_, path) =>
        `Someone asked for a new password for this email address on Onepot.\n\nSet it here within 1 hour:\n{address}${path}\n\nThe link works once. If it was not you, do nothing: your password stays as it is.`,
    },
    cy: {
      subject: () => "Gosodwch gyfrinair Onepot newydd",
      body: (_, path) =>
        `Gofynnodd rhywun am gyfrinair newydd ar gyfer y cyfeiriad e-bost hwn ar Onepot.\n\nGosodwch ef yma o fewn 1 awr:\n{address}${path}\n\nMae'r ddolen yn gweithio unwaith. Os nad chi oedd yno, peidiwch â gwneud dim: bydd eich cyfrinair yn aros fel y mae.`,
    },
  },
} as const satisfies Record<string, Record<Language, Words>>;

export const SIGN_IN_PATH = "/sign-in";

/** Where a link's token leads; the door there shows a form and never uses the link up before it is sent. */
export function linkPath(token: string): string {
  return `/account/link/${token}`;
}

export function writeLetter(
  kind: keyof typeof LETTERS,
  the: { readonly language: Language; readonly place: Pick<PlaceInHand, "name" | "nameWelsh">; readonly path: string },
): Letter {
  const words: Words = LETTERS[kind][the.language];
  const place = the.language === "cy" ? (the.place.nameWelsh ?? the.place.name) : the.place.name;
  return { kind, subject: words.subject(place), body: words.body(place, the.path) };
}
