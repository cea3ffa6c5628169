/** What every page tells the layout (templates/layouts/page.njk): the header, rooms, banners, errors and assets. */
import type { Day } from "../../lib/day.ts";
import type { Language } from "../../lib/language.ts";
import { t } from "../messages/translate.ts";
import { formatDay } from "./formats.ts";

export type Crumb = { readonly text: string; readonly href?: string | undefined };

export type PageLayout = {
  readonly language: Language;
  /** The page's own title; the layout adds the place and, when there are errors, "Error: ". */
  readonly title: string;
  readonly placeName?: string | undefined;
  readonly placeSlug?: string | undefined;
  /** A class of the places' stylesheet (place-colour.ts), put on the body. */
  readonly placeColourClass?: string | undefined;
  /** Only rooms that have content. */
  readonly rooms: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly signedIn?:
    | { readonly name: string; readonly role: string; readonly href: string; readonly signOutHref?: string | undefined }
    | undefined;
  readonly signInHref?: string | undefined;
  /** This page in each language, usually the same address with ?lang=. */
  readonly switchHref: Readonly<Record<Language, string>>;
  readonly banner?: { readonly tag: string; readonly text: string } | undefined;
  /** The last crumb may lack an address. Empty: no breadcrumbs. */
  readonly breadcrumbs: readonly Crumb[];
  /** Shown instead of breadcrumbs on a journey's pages. */
  readonly backHref?: string | undefined;
  /** Each opens the field it is about: href "#field-id". */
  readonly errors?: readonly { readonly text: string; readonly href?: string | undefined }[] | undefined;
  readonly notice?:
    | {
        readonly kind: "success" | "important";
        readonly text: string;
        readonly href?: string | undefined;
        readonly linkText?: string | undefined;
      }
    | undefined;
  readonly csrfToken?: string | undefined;
  /** Addresses of the stylesheet, our script, GOV.UK Frontend's script, the places' stylesheet and the icon. */
  readonly assets: {
    readonly css: string;
    readonly js: string;
    readonly govukJs: string;
    readonly placesCss?: string | undefined;
    readonly icon?: string | undefined;
  };
};

/** The banner of a demonstration place: "Demonstration: Made-up data. Place date 29 March 2013." */
export function demonstrationBanner(
  language: Language,
  placeDay: Day,
): { readonly tag: string; readonly text: string } {
  const words = t(language);
  return {
    tag: words("demonstration"),
    text: words("demonstrationText", { day: formatDay(language, placeDay) }),
  };
}
