/** A reading under way: the rows, the section that they stand in, and the faults met so far. */
import { countFault, type FaultCode, type FaultList, keepFault, type Section } from "./faults.ts";
import { cellStart, openCell, openText, type Place, placeOf, type Rows } from "./rows.ts";

export type Reading = {
  readonly rows: Rows;
  readonly faults: FaultList;
  readonly section: Section | null;
  /** Whether everything that Pabulib's page asks is checked, or only what the count needs. */
  readonly strict: boolean;
};

/** A fault of a cell of the row just cut: what was found is the cell, unless something else is said. */
export function reportCell(
  { rows, faults, section }: Reading,
  fault: {
    readonly code: FaultCode;
    readonly cell: number;
    /** The byte within the row where it stands, where that is not the start of the cell. */
    readonly at?: number;
    readonly found?: string;
    readonly expected?: string;
  },
): void {
  const { code, cell, at, expected = "" } = fault;
  if (!countFault(faults, code)) return;
  openCell(rows, cell);
  const found = fault.found ?? openText(rows);
  keepFault(faults, { code, ...placeOf(rows, at ?? cellStart(rows, cell)), section, found, expected });
}

/** A fault whose place is already known. */
export function reportPlace(
  { faults, section }: Pick<Reading, "faults" | "section">,
  fault: { readonly code: FaultCode; readonly place: Place; readonly found?: string; readonly expected?: string },
): void {
  const { code, place, found = "", expected = "" } = fault;
  if (countFault(faults, code)) keepFault(faults, { code, ...place, section, found, expected });
}
