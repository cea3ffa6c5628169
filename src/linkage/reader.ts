/** Who may look at what the standing run found, and how records are shown to them. Each look is written down by who asks. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { type Agreement, mayLook, type PersonField, type Purpose, requireAgreement } from "../sharing/index.ts";
import { protectionOf } from "./import/rows.ts";
import type { MatchingRefusal } from "./messages.ts";
import { listFlags } from "./store/people.ts";
import { findRecords, type PersonRecord } from "./store/records.ts";
import { findStanding, type Run } from "./store/runs.ts";

export type Looking = { readonly run: Run; readonly agreement: Agreement; readonly purpose: Purpose };

/** The standing run, where its agreement is in force for the purpose and the reader's partner receives under it. */
export async function mayLookAtRun(ctx: PlaceContext, purpose: Purpose): Promise<Result<Looking, MatchingRefusal>> {
  const run = await asFamily(ctx.tx, () => findStanding(ctx.tx, ctx.place.placeId));
  if (run === null) return refuse({ code: "run_not_found" });
  const agreement = await requireAgreement(ctx, { agreementId: run.agreementId, purpose });
  if (!agreement.ok) return agreement;
  if (!mayLook(ctx.actor, agreement.value)) return refuse({ code: "not_under_agreement" });
  return accept({ run, agreement: agreement.value, purpose });
}

export type RecordShown = {
  readonly recordId: string;
  readonly partner: string;
  readonly source: string;
  readonly reference: string;
  readonly fields: Readonly<Partial<Record<PersonField, string>>>;
  readonly deleteOn: string | null;
  /** Something of the record is not shown. */
  readonly withheld: boolean;
};

/** Whether any agency has put a flag of protection on the person of any of these records. Asked in the family role. */
export async function isClosed(ctx: PlaceContext, records: readonly PersonRecord[]): Promise<boolean> {
  const ids = records.map(({ recordId }) => recordId);
  const known = (await listFlags(ctx.tx, ctx.place.placeId, ids)).flatMap(({ flags }) => flags);
  const own = records.flatMap(({ fields }) => (fields.protection === undefined ? [] : [fields.protection]));
  return [...known, ...own].some((flag) => protectionOf(flag) !== null);
}

/** Where one agency has put a flag, what another sends of the home is not shown either: it may be the same home. */
export function recordShown({ parties }: Pick<Agreement, "parties">, { closed }: { readonly closed: boolean }) {
  const names = new Map(parties.map(({ partnerId, name }) => [partnerId, name]));
  return ({ partnerId, ...record }: PersonRecord): RecordShown => {
    const { protection: _protection, ...fields } = record.fields;
    return {
      ...record,
      fields: closed ? withoutHome(fields) : fields,
      withheld: closed,
      partner: names.get(partnerId) ?? "",
    };
  };
}

/** Whoever is protected keeps their address to the agency that has it: a page says that something is withheld, never what or why. */
function withoutHome({
  address: _address,
  postcode: _postcode,
  phone: _phone,
  email: _email,
  ...rest
}: PersonRecord["fields"]): PersonRecord["fields"] {
  return rest;
}

export async function findTwo(
  ctx: PlaceContext,
  { leftId, rightId }: { readonly leftId: string; readonly rightId: string },
): Promise<readonly [PersonRecord, PersonRecord] | null> {
  const found = await findRecords(ctx.tx, ctx.place.placeId, [leftId, rightId]);
  const left = found.find(({ recordId }) => recordId === leftId);
  const right = found.find(({ recordId }) => recordId === rightId);
  return left === undefined || right === undefined ? null : [left, right];
}
