/**
 * Contrast of two colours. Source: W3C, Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast
 * ratio"; success criterion 1.4.3 asks for 4.5 to 1.
 */
export const LEAST_CONTRAST = 4.5;

/** 1 to 21, for colours written #rrggbb. */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
