/** What a commitment can be planned with on its form: money that was set aside for it before, and up to four stages. */
import { formatPounds } from "../../../../lib/pence.ts";
import { accept, type Result } from "../../../../lib/result.ts";
import type { Desk } from "./desk.ts";
import type { FormField, Typed } from "./fields.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

const STAGES = [1, 2, 3, 4] as const;
type Stage = { readonly words: string; readonly dueOn: string; readonly amountPence: string };

export function planFields({ visit, words, inPot }: Desk, allocationId: string): readonly FormField[] {
  const own = lifecycleWords(visit.language);
  const open = inPot.precommitments
    .filter((one) => one.allocationId === allocationId)
    .map((one) => ({
      value: one.precommitmentId,
      text: own("ofPrecommitment", { words: one.words, amount: formatPounds(one.amountPence) }),
    }));
  const group = own("stages");
  const drawn: FormField = {
    kind: "select",
    name: "precommitmentId",
    label: own("drawn"),
    hint: own("drawnHint"),
    items: [{ value: "", text: words("none") }, ...open],
    optional: true,
  };
  return [
    ...(open.length === 0 ? [] : [drawn]),
    ...STAGES.flatMap((number): readonly FormField[] => [
      {
        kind: "text",
        name: `stage${number}-words`,
        label: own("stageWords", { number }),
        ...(number === 1 && { hint: own("stagesHint") }),
        optional: true,
        group,
      },
      { kind: "date", name: `stage${number}-due`, label: own("stageDue", { number }), optional: true, group },
      { kind: "money", name: `stage${number}-amount`, label: own("stageAmount", { number }), optional: true, group },
    ]),
  ];
}

/** The stages that were filled in; one that is filled in half is asked for whole. */
export function stagesOf(typed: Typed, { visit }: Desk): Result<Stage[]> {
  const own = lifecycleWords(visit.language);
  const stages: Stage[] = [];
  for (const number of STAGES) {
    const names = [`stage${number}-words`, `stage${number}-due`, `stage${number}-amount`] as const;
    const [words, dueOn, amountPence] = [typed.text(names[0]), typed.text(names[1]), typed.text(names[2])];
    const missing = names.find((name) => typed.text(name) === "");
    if (words + dueOn + amountPence === "") continue;
    if (missing !== undefined) {
      const faults = [{ field: missing, message: own("stageIncomplete", { number }) }];
      return { ok: false, refusal: { code: "input_not_valid", faults } };
    }
    stages.push({ words, dueOn, amountPence });
  }
  return accept(stages);
}
