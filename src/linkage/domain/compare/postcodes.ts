/**
 * Postcodes of the United Kingdom and their parts: area (M), district (M6), sector (M6 5), unit (M6 5PW). Source: Royal Mail,
 * "Programmers' guide to the Postcode Address File", postcode format; Office for National Statistics, "Postal geographies".
 */
const POSTCODE = /^([a-z]{1,2})(\d[a-z\d]?) ?(\d)([a-z]{2})$/;

export type Postcode = {
  readonly area: string;
  readonly district: string;
  readonly sector: string;
  readonly unit: string;
};

export function isPostcode(text: string): boolean {
  return POSTCODE.test(text);
}

/** The parts of a normalised text; null where it is no postcode of the United Kingdom. */
export function readPostcode(text: string): Postcode | null {
  const found = POSTCODE.exec(text);
  if (found === null) return null;
  const [, area = "", number = "", inward = "", unit = ""] = found;
  const district = area + number;
  return { area, district, sector: `${district} ${inward}`, unit: `${district} ${inward}${unit}` };
}
