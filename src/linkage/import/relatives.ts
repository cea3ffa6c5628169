/**
 * The relatives that a row names: references of the same register and, for each or once for all, what the person of the row is to them. The
 * words are those of the registers that record relatives at all: a school's contacts, a social worker's file, a couple in council tax, who
 * claims jointly with whom (Jobseekers Act 1995, section 1(2B)). Who is jointly liable for council tax is no word of them: joint tenants
 * are too (Local Government Finance Act 1992, section 6), and need not be a couple (section 9).
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { PersonField } from "../../sharing/index.ts";

/** What the person of the row is to the relative. */
export type Kinship = "parent" | "guardian" | "child" | "partner" | "sibling";

export type Relative = { readonly reference: string; readonly kinship: Kinship };

const WORDS: Readonly<Record<Kinship, readonly string[]>> = {
  parent: ["parent", "mother", "father"],
  // Apart from parents: the wards of one guardian need not be brothers and sisters.
  guardian: ["guardian", "carer", "foster carer"],
  child: ["child", "son", "daughter"],
  partner: ["partner", "husband", "wife", "spouse", "civil partner", "joint claim"],
  sibling: ["sibling", "brother", "sister"],
};
const KINSHIPS = new Map(
  (["parent", "guardian", "child", "partner", "sibling"] as const).flatMap((kinship) =>
    WORDS[kinship].map((word) => [word.replaceAll(" ", ""), kinship] as const),
  ),
);

/** More than a family has; so many cannot be what a register means. */
const MOST_RELATIVES = 20;

export type RelativesFault = {
  readonly code:
    | "too_many_relatives"
    | "relation_missing"
    | "relative_missing"
    | "relations_do_not_fit"
    | "relation_not_known"
    | "related_to_oneself";
  /** The column to be mended. */
  readonly column: "related_to" | "relation";
};

export type RelativesRead = {
  readonly relatives: readonly Relative[];
  /** As it is kept: in small letters, without spaces at the ends, parted by "; ". Empty where no relative is named. */
  readonly written: Readonly<Partial<Record<Extract<PersonField, "related_to" | "relation">, string>>>;
};

type Written = {
  /** Of the row itself. */
  readonly reference: string;
  readonly relatedTo: string | undefined;
  readonly relation: string | undefined;
};

/** Faults in the order in which they are looked for; a relative that is named twice in the same way is named once. */
export function readRelatives({
  reference,
  relatedTo = "",
  relation = "",
}: Written): Result<RelativesRead, RelativesFault> {
  const references = partsOf(relatedTo);
  const words = partsOf(relation).map((word) => word.toLowerCase().replaceAll(/\s+/g, " "));
  if (references.length === 0 && words.length === 0) return accept({ relatives: [], written: {} });
  if (references.length > MOST_RELATIVES) return refuse({ code: "too_many_relatives", column: "related_to" });
  if (words.length === 0) return refuse({ code: "relation_missing", column: "relation" });
  if (references.length === 0) return refuse({ code: "relative_missing", column: "related_to" });
  const blank = [...references, ...words].includes("");
  if (blank || (words.length !== 1 && words.length !== references.length))
    return refuse({ code: "relations_do_not_fit", column: "relation" });
  if (references.includes(reference)) return refuse({ code: "related_to_oneself", column: "related_to" });
  const relatives = new Map<string, Relative>();
  for (const [at, one] of references.entries()) {
    const kinship = KINSHIPS.get((words[at] ?? words[0] ?? "").replaceAll(" ", ""));
    if (kinship === undefined) return refuse({ code: "relation_not_known", column: "relation" });
    relatives.set(`${kinship} ${one}`, { reference: one, kinship });
  }
  const written = { related_to: references.join("; "), relation: words.join("; ") };
  return accept({ relatives: [...relatives.values()], written });
}

/** Parted by semicolons; a part may be empty, and where all are, there is none. */
function partsOf(written: string): readonly string[] {
  const parts = written.split(";").map((part) => part.trim());
  return parts.every((part) => part === "") ? [] : parts;
}
