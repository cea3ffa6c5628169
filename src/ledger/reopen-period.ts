/** Takes a soft close back. A hard one stands for ever. */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { daysOf } from "./domain/periods.ts";
import { period, realBook } from "./input.ts";
import { periodRefusals } from "./period-messages.ts";
import { periodOut, viewPeriods } from "./period-view.ts";
import { reopenPeriod as takeBack } from "./store/periods.ts";

export const reopenPeriod = declarePlaceUseCase({
  name: "period.reopen",
  summary: "Open a softly closed period again",
  permission: "period.close",
  changes: true,
  route: { method: "post", path: "ledger/reopen" },
  command: { words: "period reopen", positional: ["period"] },
  input: z.strictObject({ period, book: realBook }),
  output: z.object(periodOut),
  example: { period: "2011-12/12", book: "real" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    if (!permits(ctx.actor, "period.close", null)) return refuse({ code: "another_area" });
    const view = async () => {
      const rows = await viewPeriods(ctx, { books: [input.book], periods: [input.period] });
      return must(rows[0], "a period that was asked for is shown");
    };
    const { state } = await view();
    if (state === "hard") return refuse({ code: "period_hard" });
    const { from } = daysOf(input.period);
    if (state === "open" || !(await takeBack(ctx.tx, ctx.place.placeId, { book: input.book, from })))
      return refuse({ code: "period_not_closed" });
    return accept(await view());
  },
  audited: (_, input) => `${input.book} ${input.period.name}`,
});
