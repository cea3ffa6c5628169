/** What the stages of a replay should say, by the verifier's own count, or what is wrong with their claims. */
import { writeFraction } from "../fraction.ts";
import type { Reading } from "./own-reading.ts";
import { followGreedy, followPhragmen } from "./own-rules.ts";
import { proveWelfare, worthOf } from "./own-welfare.ts";
import { proveShares, type RaisesProved, type ShareFault } from "./prove-shares.ts";
import type { Replay, ReplayStage } from "./replay.ts";
import { type StageParts, stageWith } from "./write-replay.ts";

export type Work = { readonly mostLooks: number; readonly mostBranches: number };

export type StagesProof =
  | {
      readonly ok: true;
      readonly stages: readonly ReplayStage[];
      readonly funded: readonly number[];
      readonly counted: Replay["counted"];
      readonly raises: RaisesProved | null;
    }
  | { readonly ok: false; readonly fault: ShareFault | WelfareFault };

export type WelfareFault = { readonly code: "optimum_wrong" } | { readonly code: "optimum_too_much_work" };

const NOTHING: Omit<StageParts, "by" | "purchases" | "ties"> = {
  before: [],
  share: null,
  stoppedBy: null,
  passed: [],
};

export function proveStages(
  reading: Reading,
  { claim, work }: { readonly claim: Replay; readonly work: Work },
): StagesProof {
  switch (reading.parameters.rule) {
    case "greedy":
      return one(greedyStage(reading, []));
    case "phragmen": {
      const { purchases, ties, stoppedBy } = followPhragmen(reading);
      const bought = purchases.map(({ project, load }) => ({ project, measure: writeFraction(load) }));
      return one({
        stage: stageWith(reading, { ...NOTHING, by: "phragmen", stoppedBy, purchases: bought, ties }),
        funded: purchases.map(({ project }) => project),
      });
    }
    case "max-welfare":
      return welfare(reading, { optimum: BigInt(claim.counted.optimum ?? "-1"), work });
    case "equal-shares":
      return shares(reading, { claimed: claim.counted.increments ?? 0, work });
  }
}

type Part = { readonly stage: ReplayStage; readonly funded: readonly number[] };

const one = ({ stage, funded }: Part): Extract<StagesProof, { readonly ok: true }> => ({
  ok: true,
  stages: [stage],
  funded,
  counted: { increments: null, optimum: null },
  raises: null,
});

export function greedyStage(reading: Reading, before: readonly number[]): Part {
  const { funded, passed, ties } = followGreedy(reading, before);
  const score = (project: number) => String(reading.backing[project]?.score ?? 0n);
  const purchases = funded.map((project) => ({ project, measure: score(project) }));
  return { stage: stageWith(reading, { ...NOTHING, by: "greedy", before, purchases, passed, ties }), funded };
}

function welfare(reading: Reading, { optimum, work }: { readonly optimum: bigint; readonly work: Work }): StagesProof {
  const answer = proveWelfare(reading, { claim: optimum, mostBranches: work.mostBranches });
  if (answer.is === "wrong") return { ok: false, fault: { code: "optimum_wrong" } };
  if (answer.is === "too_much_work") return { ok: false, fault: { code: "optimum_too_much_work" } };
  const { funded, tied } = answer.found;
  const purchases = funded.map((project) => ({ project, measure: String(worthOf(reading, project)) }));
  const ties = tied.length > 0 ? [{ round: 1, tied }] : [];
  const stage = stageWith(reading, { ...NOTHING, by: "max-welfare", purchases, ties });
  return { ...one({ stage, funded }), counted: { increments: null, optimum: String(optimum) } };
}

function shares(reading: Reading, { claimed, work }: { readonly claimed: number; readonly work: Work }): StagesProof {
  const proof = proveShares(reading, { claimed, mostLooks: work.mostLooks });
  if (!proof.ok) return proof;
  const { share, increments, raises } = proof;
  const { purchases, ties } = proof.shares;
  const bought = purchases.map(({ project, payment }) => ({ project, measure: writeFraction(payment) }));
  const stage = stageWith(reading, { ...NOTHING, by: "equal-shares", share, purchases: bought, ties });
  const counted = { increments, optimum: null };
  const funded = purchases.map(({ project }) => project);
  if (!reading.parameters.completion.endsWith("greedy")) return { ok: true, stages: [stage], funded, counted, raises };
  const then = greedyStage(reading, funded);
  return { ok: true, stages: [stage, then.stage], funded: [...funded, ...then.funded], counted, raises };
}
