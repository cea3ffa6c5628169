/**
 * Who decided on money, as a bundle's held rows say it: what was authorised is what was shown, by someone else than who prepared it
 * and within the limit that counted, and whoever did so is named by the audit trail. A second implementation of the rules of
 * src/approvals and of db/checks. It keeps what waits, and what one block has carried out; never what has ended.
 */
import { hashShown } from "../approvals/index.ts";
import { failRow, type Placed } from "./bundle-fault.ts";
import type { RowOf } from "./bundle-format.ts";
import type { HeldRow } from "./bundle-held.ts";
import type { HeldColumns } from "./domain/chain-texts.ts";
import { compareMoments } from "./domain/chain-texts.ts";

export type Said = { readonly action: string; readonly record: string; readonly actor: string };

type Signed = { readonly by: string; readonly needs: number };
type Approval = { readonly columns: HeldColumns; readonly signed: Signed[] };
type Transfer = Placed<RowOf<"transfers.jsonl">>;

type Kept = {
  readonly approvals: Map<string, Approval>;
  readonly limits: Map<string, HeldColumns>;
  /** What the audit trail says of approvals and no row has asked for yet. */
  readonly heard: Set<string>;
  /** Payment requests that are not paid yet: who made each, and whether someone else has authorised it. */
  readonly requests: Map<string, { readonly by: string; authorised: boolean }>;
  /** By transaction of the block in hand, where it carried anything out: who had prepared it, or the payment. */
  readonly carried: Map<string, Set<string>>;
};

export type Decisions = ReturnType<typeof openDecisions>;

export function openDecisions() {
  const kept: Kept = {
    approvals: new Map(),
    limits: new Map(),
    heard: new Set(),
    requests: new Map(),
    carried: new Map(),
  };
  const counted = { approvals: 0, signatures: 0 };
  /** Of the transaction in hand: the chain has its rows by name, and a signature comes before what it carried out. */
  let waiting: HeldRow[] = [];
  const taken: Readonly<Record<(typeof JUDGED)[number], (at: HeldRow) => void>> = {
    limit: (at) => void kept.limits.set(at.row.key, at.row.columns),
    limit_end: (at) => {
      if (!kept.limits.has(at.row.key)) failRow(at, "its limit is not in the bundle");
    },
    approval: (at) => {
      takeApproval(at, kept);
      counted.approvals += 1;
    },
    signature: (at) => {
      takeSignature(at, kept);
      counted.signatures += 1;
    },
    approval_end: (at) => takeEnd(at, kept),
    request: (at) => void kept.requests.set(at.row.key, { by: at.row.columns["made_by"] ?? "", authorised: false }),
    request_event: (at) => takeEvent(at, kept),
  };
  const judge = (): void => {
    const rows = waiting;
    waiting = [];
    for (const { at, as } of inOrder(rows)) taken[as](at);
  };
  return {
    counted,
    /** Judges what waits: to be called where a transaction has ended for certain. */
    judge,
    hear: ({ action, record, actor }: Said): void => {
      if (HEARD.has(action)) kept.heard.add(saidOf({ action, record, actor }));
    },
    /** A transfer stands in the block of its own approval: those before are no longer asked for. */
    nextBlock: (): void => kept.carried.clear(),
    take: (at: HeldRow): void => {
      if (!(at.row.subject in taken)) return;
      const [last] = waiting;
      if (last !== undefined && compareMoments(last.row, at.row) !== 0) judge();
      waiting.push(at);
    },
    authorised: (at: Transfer): void => {
      const { life, tx, by, kind, record } = at.row;
      const carried = kept.carried.get(`${life} ${tx}`);
      if (!carried?.has(by) && !(kind === "payment" && carried?.has(record)))
        failRow(at, "it moves a pot's real money, and nobody authorised it: its transaction carried out no approval");
    },
  };
}

/** What is judged of one transaction, in this order; other rows only have to be what was written. */
const JUDGED = ["limit", "limit_end", "approval", "signature", "approval_end", "request", "request_event"] as const;

function inOrder(rows: readonly HeldRow[]) {
  const numberOf = ({ row }: HeldRow): number =>
    Number(row.columns["signature_number"] ?? row.columns["event_number"] ?? 0);
  return JUDGED.flatMap((as) =>
    rows
      .filter(({ row }) => row.subject === as)
      .sort((a, b) => numberOf(a) - numberOf(b))
      .map((at) => ({ at, as })),
  );
}

const HEARD: ReadonlySet<string> = new Set(
  ["prepare", "authorise", "refuse", "withdraw"].map((verb) => `approval.${verb}`),
);

const saidOf = ({ action, record, actor }: Said): string => `${action} ${record} ${actor}`;

/** Each of these is in the audit trail, by the same person. */
function expectSaid(at: HeldRow, kept: Kept, said: Said): void {
  if (!kept.heard.delete(saidOf(said))) failRow(at, `the audit trail has no ${said.action} of it by ${said.actor}`);
}

function takeApproval(at: HeldRow, kept: Kept): void {
  const { columns, key } = at.row;
  const shown = hashShown({
    useCase: columns["use_case"] ?? "",
    request: jsonOf(at, "input") as never,
    shown: jsonOf(at, "shown") as never,
  });
  if (`\\x${shown.toString("hex")}` !== columns["shown_hash"]) failRow(at, "what was shown has another hash");
  expectSaid(at, kept, { action: "approval.prepare", record: key, actor: columns["prepared_by"] ?? "" });
  kept.approvals.set(key, { columns, signed: [] });
}

function jsonOf(at: HeldRow, name: string): unknown {
  try {
    return JSON.parse(at.row.columns[name] ?? "");
  } catch {
    return failRow(at, `its ${name} is not JSON`);
  }
}

function approvalOf(at: HeldRow, { approvals }: Kept): Approval {
  const id = at.row.columns["approval_id"] ?? at.row.key;
  return approvals.get(id) ?? failRow(at, "its approval is not in the bundle, or had ended");
}

function takeSignature(at: HeldRow, kept: Kept): void {
  const { columns } = at.row;
  const approval = approvalOf(at, kept);
  const by = columns["signed_by"] ?? "";
  if (by === approval.columns["prepared_by"]) failRow(at, "it is of who prepared it");
  if (columns["shown_hash"] !== approval.columns["shown_hash"]) failRow(at, "it is on something else than was shown");
  if (approval.signed.some((one) => one.by === by)) failRow(at, "the same person signed before");
  if (columns["authority_id"] != null) verifyLimit(at, { approval: approval.columns, kept });
  expectSaid(at, kept, { action: "approval.authorise", record: columns["approval_id"] ?? "", actor: by });
  approval.signed.push({ by, needs: Number(columns["needs"] ?? 1) });
}

function verifyLimit(at: HeldRow, the: { readonly approval: HeldColumns; readonly kept: Kept }): void {
  const { columns } = at.row;
  const { approval } = the;
  const limit =
    the.kept.limits.get(columns["authority_id"] ?? "") ?? failRow(at, "the limit it counts under is missing");
  const most = limit["up_to_pence"] ?? null;
  const within =
    limit["role"] === columns["role"] &&
    limit["signatures"] === columns["needs"] &&
    [null, approval["pot_id"]].includes(limit["pot_id"] ?? null) &&
    [null, approval["act"]].includes(limit["act"] ?? null) &&
    (approval["capital"] !== "true" || limit["capital"] === "true") &&
    (most === null || BigInt(approval["amount_pence"] ?? 0) <= BigInt(most));
  if (!within) failRow(at, `it is not within limit ${columns["authority_id"]}, which it counts under`);
}

function takeEnd(at: HeldRow, kept: Kept): void {
  const { columns, key } = at.row;
  const { columns: approval, signed } = approvalOf(at, kept);
  kept.approvals.delete(key);
  const actor = columns["ended_by"] ?? "";
  const { state } = columns;
  if (state === "refused") expectSaid(at, kept, { action: "approval.refuse", record: key, actor });
  if (state === "withdrawn") expectSaid(at, kept, { action: "approval.withdraw", record: key, actor });
  if (state !== "done") return;
  const newest = signed.at(-1);
  if (newest === undefined || newest.by !== actor)
    failRow(at, "it was carried out by someone who did not sign it last");
  else if (signed.length < newest.needs)
    failRow(at, `it was carried out with ${signed.length} signatures, where ${newest.needs} were needed`);
  carryOut(at, { kept, what: approval["prepared_by"] ?? "" });
}

function carryOut(at: HeldRow, { kept, what }: { readonly kept: Kept; readonly what: string }): void {
  const moment = `${at.row.life} ${at.row.tx}`;
  const carried = kept.carried.get(moment) ?? new Set();
  carried.add(what);
  kept.carried.set(moment, carried);
}

/** A payment request has two people of its own: who made it, and who authorised it within a limit. */
function takeEvent(at: HeldRow, kept: Kept): void {
  const { columns } = at.row;
  const id = columns["request_id"] ?? "";
  const request = kept.requests.get(id) ?? failRow(at, "its request is not in the bundle, or had ended");
  const { state } = columns;
  if (state === "authorised" && columns["made_by"] !== request.by) request.authorised = true;
  if (state === "paid" && request.authorised) carryOut(at, { kept, what: columns["payment_id"] ?? "" });
  if (state === "paid" || state === "cancelled") kept.requests.delete(id);
}
