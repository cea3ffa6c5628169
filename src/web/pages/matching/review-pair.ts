/** Two records side by side, field by field, as they are written: what is the same, what differs, what is missing. The engine says nothing here. */
import type { PersonField } from "../../../sharing/index.ts";
import { PERSON_FIELDS, personFieldName } from "../../../sharing/index.ts";
import { reviewWords as words } from "./review-words.ts";

export type RecordSeen = {
  readonly partner: string;
  readonly source: string;
  readonly reference: string;
  readonly fields: Readonly<Partial<Record<PersonField, string>>>;
  readonly withheld: boolean;
};

export type PairRow = {
  readonly label: string;
  readonly left: string;
  readonly right: string;
  readonly compared: string;
  readonly tone: "same" | "differs" | "";
};

export function pairRows(left: RecordSeen, right: RecordSeen): readonly PairRow[] {
  const about = [
    { label: words.agency, left: left.partner, right: right.partner },
    { label: words.register, left: left.source, right: right.source },
    { label: words.reference, left: left.reference, right: right.reference },
  ].map((row) => ({ ...row, compared: "", tone: "" as const }));
  const fields = PERSON_FIELDS.filter((field) => field !== "protection").flatMap((field): readonly PairRow[] => {
    const [one, other] = [left.fields[field] ?? "", right.fields[field] ?? ""];
    if (one === "" && other === "") return [];
    const name = personFieldName(field, "en");
    const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const row = { label, left: one || words.nothing, right: other || words.nothing };
    if (one === "" || other === "") return [{ ...row, compared: words.missing, tone: "" }];
    // A day on which something was recorded says nothing of the person.
    if (field === "recorded_on") return [{ ...row, compared: "", tone: "" }];
    const same = plain(one) === plain(other);
    return [{ ...row, compared: same ? words.same : words.differs, tone: same ? "same" : "differs" }];
  });
  return [...about, ...fields];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
