/**
 * Salford's neighbourhoods. The source texts name a family in Salford and no neighbourhood, so that these were opened is
 * made up, and their source says so; the wards are real, with the codes that held on the business date.
 */
import type { DemoNeighbourhood } from "../types.ts";
import { SALFORD_GSS } from "./partners.ts";

type Ward = readonly [slug: string, code: string, name: string, welsh: string];

/** Opened under the name of its ward. Only Langworthy has an account of its own yet. */
const WARDS: readonly Ward[] = [
  ["langworthy", "E05000768", "Langworthy", "Langworthy"],
  ["weaste-and-seedley", "E05000776", "Weaste and Seedley", "Weaste a Seedley"],
  ["broughton", "E05000761", "Broughton", "Broughton"],
  ["little-hulton", "E05000769", "Little Hulton", "Little Hulton"],
];

export const salfordNeighbourhoods: readonly DemoNeighbourhood[] = WARDS.map(([slug, code, name, welsh]) => ({
  slug,
  name: { en: name, cy: welsh },
  otherSpellings: [],
  councilGss: SALFORD_GSS,
  areas: [{ kind: "ward", code, name }],
  mode: slug === "langworthy" ? "shadow" : "aligned",
  leadBody: "ward committee",
  quote: "",
  sourceId: "made-up-neighbourhood",
  themes: [],
}));
