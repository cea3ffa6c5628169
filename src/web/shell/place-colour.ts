/**
 * A place's own colour. It is checked when saved, and reaches the page through a stylesheet of its own, because the
 * content security policy allows no style on an element.
 * Contrast as in WCAG 2.2, "contrast ratio" and "relative luminance" (W3C, 2023, section 6 Glossary).
 */
import { accept, type Refused, type Result, refuse } from "../../lib/result.ts";

export type PlaceColour = string & { readonly __colour: never };
type ColourRefusal =
  | { readonly code: "not_a_colour" }
  | { readonly code: "colour_too_pale"; readonly contrast: number; readonly least: number };

/** Enough for text in this colour on white (success criterion 1.4.3). */
const LEAST_CONTRAST = 4.5;

/** #RRGGBB, dark enough to be read on white. */
export function decidePlaceColour(text: string): Result<PlaceColour, ColourRefusal> {
  const colour = text.trim().toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(colour)) return refuse({ code: "not_a_colour" }) as Refused<ColourRefusal>;
  const contrast = contrastRatio(colour, "#ffffff");
  if (contrast >= LEAST_CONTRAST) return accept(colour as PlaceColour);
  return refuse({ code: "colour_too_pale", contrast, least: LEAST_CONTRAST });
}

/** From 1 (the same) to 21 (black on white), of two colours written #rrggbb. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const part = (from: number): number => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** The class that PageLayout.placeColourClass names. */
export function placeColourClass(slug: string): string {
  return `place-${slug.replaceAll(/[^a-z0-9-]/g, "")}`;
}

/** The places' stylesheet, one rule for each place. */
export function placeStylesheet(places: readonly { readonly slug: string; readonly colour: PlaceColour }[]): string {
  return places.map(({ slug, colour }) => `.${placeColourClass(slug)}{--place-colour:${colour}}\n`).join("");
}
