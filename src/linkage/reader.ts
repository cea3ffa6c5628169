/** Who may look at what the standing run found, and how records are shown to them. Each look is written down by who asks. */
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { type Agreement, mayLook, type PersonField, type Purpose, requireAgreement } from "../sharing/index.ts";
import type { MatchingRefusal } from "./messages.ts";
import { type FoundRecord, findRecords, type PersonRecord } from "./store/records.ts";
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

/**
 * How records are shown beside each other. Where any of them is of somebody protected, the home is withheld of all: two records are looked
 * at because they may be one person, and the other agency's may have the new address without the flag.
 */
export function recordShown({ parties }: Pick<Agreement, "parties">, beside: readonly FoundRecord[]) {
  const names = new Map(parties.map(({ partnerId, name }) => [partnerId, name]));
  const withheld = beside.some((one) => one.protected);
  return ({ partnerId, protected: _protected, ...record }: FoundRecord): RecordShown => {
    // What a record says of relatives shows as ties alone, which ask of each whether they are protected.
    const { protection: _, related_to: _relatedTo, relation: _relation, ...fields } = record.fields;
    return {
      ...record,
      fields: withheld ? withoutHome(fields) : fields,
      withheld,
      partner: names.get(partnerId) ?? "",
    };
  };
}

/** A page says that something is withheld, never what or why. */
function withoutHome({
  address: _address,
  postcode: _postcode,
  phone: _phone,
  email: _email,
  ...rest
}: PersonRecord["fields"]): PersonRecord["fields"] {
  return rest;
}

/** Null where either is gone, or came under another agreement. */
export async function findTwo(
  ctx: PlaceContext,
  the: { readonly leftId: string; readonly rightId: string; readonly agreementId: string },
): Promise<readonly [FoundRecord, FoundRecord] | null> {
  const { leftId, rightId, agreementId } = the;
  const asked = { placeId: ctx.place.placeId, agreementId, recordIds: [leftId, rightId] };
  const found = await findRecords(ctx.tx, asked);
  const left = found.find(({ recordId }) => recordId === leftId);
  const right = found.find(({ recordId }) => recordId === rightId);
  return left === undefined || right === undefined ? null : [left, right];
}
