/**
 * The words of what is sent about an approval: what kind of act, in which pot, how much of which book, as what it was
 * prepared and by when it expires. No name, no reason and nothing typed by people: anyone may see an open letterbox.
 */
import { londonDay } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Language } from "../lib/language.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import type { Role } from "../platform/actor.ts";
import type { Letter } from "../platform/notices.ts";
import { roleName } from "../platform/role-names.ts";
import type { ActKind } from "../platform/use-case/index.ts";
import { ACT_NAMES } from "./act-names.ts";

type Named = { readonly name: string; readonly nameWelsh: string | null };
type About = {
  readonly act: ActKind;
  readonly amountPence: Pence;
  readonly book: "real" | "shadow";
  readonly pot: Named | null;
  readonly place: Named;
};
type Waiting = About & { readonly preparedAs: Role | null; readonly expiresAt: Date };
type To = { readonly language: Language; readonly link: string };

const BOOKS = {
  real: { en: "real money", cy: "arian go iawn" },
  shadow: { en: "shadow money", cy: "arian cysgodol" },
} as const;
const PROGRAM = { en: "a program with a key", cy: "rhaglen ag allwedd" } as const;

const nameIn = (language: Language, one: Named) => (language === "cy" ? (one.nameWelsh ?? one.name) : one.name);

function whatText(about: About, language: Language): string {
  const amount = `${formatPounds(about.amountPence)} (${BOOKS[about.book][language]})`;
  const act = ACT_NAMES[language][about.act];
  return about.pot === null ? `${act}: ${amount}` : `${act}: ${nameIn(language, about.pot)}, ${amount}`;
}

export function taskTitle(about: About, language: Language): string {
  return `${language === "en" ? "Authorise or refuse" : "Awdurdodi neu wrthod"}: ${whatText(about, language)}`.slice(
    0,
    200,
  );
}

export function waitingLetter(about: Waiting, { language, link }: To): Letter {
  const place = nameIn(language, about.place);
  const what = whatText(about, language);
  const by = about.preparedAs === null ? PROGRAM[language] : roleName(about.preparedAs, language);
  const until = formatDay(language, londonDay(about.expiresAt));
  return language === "en"
    ? {
        subject: `Something waits for you to authorise at ${place}`,
        body: `${what}\n\nPrepared by: ${by}\nExpires: ${until}\n\nSee exactly what would happen, and authorise or refuse it:\n${link}\n\nOther people may be asked as well. If one of them is first, there is nothing left for you to do.`,
      }
    : {
        subject: `Mae rhywbeth yn aros i chi ei awdurdodi yn ${place}`,
        body: `${what}\n\nParatowyd gan: ${by}\nYn dod i ben: ${until}\n\nGwelwch beth yn union fyddai'n digwydd, a'i awdurdodi neu ei wrthod:\n${link}\n\nGellir gofyn i bobl eraill hefyd. Os bydd un ohonynt yn gyntaf, ni fydd dim ar ôl i chi ei wneud.`,
      };
}

const ENDS = {
  done: {
    en: { subject: "What you prepared is authorised", text: "It is authorised, and carried out. See it here:" },
    cy: {
      subject: "Mae'r hyn a baratowyd gennych wedi'i awdurdodi",
      text: "Mae wedi'i awdurdodi a'i gyflawni. Gwelwch ef yma:",
    },
  },
  refused: {
    en: { subject: "What you prepared is refused", text: "It is refused, and nothing was moved. See the reason here:" },
    cy: {
      subject: "Mae'r hyn a baratowyd gennych wedi'i wrthod",
      text: "Mae wedi'i wrthod, ac ni symudwyd dim. Gwelwch y rheswm yma:",
    },
  },
} as const;

export function endedLetter(about: About, the: To & { readonly state: keyof typeof ENDS }): Letter {
  const { subject, text } = ENDS[the.state][the.language];
  return {
    subject: `${subject}: ${nameIn(the.language, about.place)}`,
    body: `${whatText(about, the.language)}\n\n${text}\n${the.link}`,
  };
}
