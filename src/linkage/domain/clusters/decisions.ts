/**
 * What reviewers decided of pairs of records, read into what the making of clusters keeps. Decisions that contradict each other, also
 * by way of third records (A is B, B is C, A is not C), are refused by name: whichever were kept, the other reader would be overruled
 * without a word.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import type { TwoRecords } from "./gather-clusters.ts";
import { Union } from "./union.ts";

export type DecisionRow = {
  readonly row: number;
  readonly left: string;
  readonly right: string;
  readonly decision: string;
};

export type Decisions = { readonly mustLink: readonly TwoRecords[]; readonly cannotLink: readonly TwoRecords[] };

export type DecisionRefusal =
  | { readonly code: "decision_not_known"; readonly row: number; readonly decision: string }
  | { readonly code: "decision_on_itself"; readonly row: number; readonly id: string }
  | { readonly code: "decision_without_record"; readonly row: number; readonly id: string }
  | { readonly code: "decisions_contradict"; readonly row: number; readonly left: string; readonly right: string };

/** The ids are those of the records, in their order. The first row at fault is named. */
export function readDecisions(
  rows: readonly DecisionRow[],
  ids: readonly string[],
): Result<Decisions, DecisionRefusal> {
  const recordOf = new Map(ids.map((id, record) => [id, record]));
  const mustLink: TwoRecords[] = [];
  const apart: { readonly two: TwoRecords; readonly asked: DecisionRow }[] = [];
  for (const asked of rows) {
    const { row, decision } = asked;
    if (decision !== "same" && decision !== "different") return refuse({ code: "decision_not_known", row, decision });
    const left = recordOf.get(asked.left);
    const right = recordOf.get(asked.right);
    if (left === undefined || right === undefined)
      return refuse({ code: "decision_without_record", row, id: left === undefined ? asked.left : asked.right });
    if (left === right) return refuse({ code: "decision_on_itself", row, id: asked.left });
    if (decision === "same") mustLink.push([left, right]);
    else apart.push({ two: [left, right], asked });
  }
  const union = new Union(ids.length);
  for (const [left, right] of mustLink) union.join(left, right);
  const broken = apart.find(({ two: [left, right] }) => union.find(left) === union.find(right))?.asked;
  if (broken !== undefined)
    return refuse({ code: "decisions_contradict", row: broken.row, left: broken.left, right: broken.right });
  return accept({ mustLink, cannotLink: apart.map(({ two }) => two) });
}
