/**
 * Numbers as a file writes them, kept exactly: whole digits and how many of them stand after the point. A comma for the point
 * is read, as older files write it, unless exactly three digits follow: "400,000" may be four hundred thousand, and guessing
 * would be a thousandfold wrong.
 */
export type Decimal = {
  /** The number in 10^-places. */
  readonly digits: bigint;
  /** How many decimals it needs: trailing noughts do not count. */
  readonly places: number;
  /** Its point was written as a comma. */
  readonly comma: boolean;
};

const WRITTEN = /^([+-]?)(\d{1,30})(?:([.,])(\d{0,30}))?$/;

/** Null for what is no number, or one of more than thirty digits on a side. */
export function parseDecimal(text: string): Decimal | null {
  const found = WRITTEN.exec(text);
  if (!found) return null;
  const [, sign = "", whole = "", point = "", written = ""] = found;
  if (point === "," && (written.length === 3 || written.length === 0)) return null;
  const decimals = written.replace(/0+$/, "");
  const size = BigInt(whole + decimals);
  return { digits: sign === "-" ? -size : size, places: decimals.length, comma: point === "," };
}

/** The number in 10^-places, for places no fewer than it needs. */
export function atPlaces(decimal: Decimal, places: number): bigint {
  return decimal.digits * 10n ** BigInt(places - decimal.places);
}

/** The most whole 10^-places that are not above the number. */
export function atPlacesDown(decimal: Decimal, places: number): bigint {
  if (decimal.places <= places) return atPlaces(decimal, places);
  const unit = 10n ** BigInt(decimal.places - places);
  const cut = decimal.digits / unit;
  return decimal.digits < 0n && cut * unit !== decimal.digits ? cut - 1n : cut;
}

/** The fewest whole 10^-places that are not below the number. */
export function atPlacesUp(decimal: Decimal, places: number): bigint {
  return -atPlacesDown({ ...decimal, digits: -decimal.digits }, places);
}

/** The number as text in its shortest form: "1784786.62", "-3", "0.5". */
export function writeDecimal({ digits, places }: Pick<Decimal, "digits" | "places">): string {
  const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, "0");
  const whole = size.slice(0, size.length - places);
  const decimals = size.slice(size.length - places).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${whole}${decimals === "" ? "" : `.${decimals}`}`;
}
