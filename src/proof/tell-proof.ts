/**
 * Writes down how a night's proof of the books ended and, where something did not hold, tells those who keep the books and those
 * who audit them. A task of an earlier night ends: the newest proof is the one that counts.
 */
import { z } from "zod";
import { addDays } from "../lib/day.ts";
import type { Language } from "../lib/language.ts";
import { accept, refuse } from "../lib/result.ts";
import { listHolders } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import { findJob } from "../platform/jobs/index.ts";
import type { Letter } from "../platform/notices.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { proofRefusals } from "./messages.ts";

/** One for all nights, so that a new night's task takes the place of the last. */
const ABOUT = "ledger.prove";
const WHO: readonly Role[] = ["finance_officer", "auditor", "administrator"];
const DAYS = 28;

type Named = { readonly name: string; readonly nameWelsh: string | null };

export const tellProof = declarePlaceUseCase({
  name: "ledger.tell_proof",
  summary: "Tell those who keep and audit the books how a night's proof ended",
  permission: "ledger.verify",
  changes: true,
  input: z.strictObject({
    jobId: field.id,
    /** The sentence of the check that did not hold; null where all held. */
    broken: z.string().max(1000).nullable(),
  }),
  output: z.object({ jobId: field.id, told: z.number() }),
  example: { jobId: "0199c0de-0000-7000-8000-00000000000a", broken: "All balances sum to nought." },
  refusals: proofRefusals,
  audited: (value: { readonly jobId: string }) => value.jobId,
  handle: async (ctx, { jobId, broken }) => {
    const { placeId, slug } = ctx.place;
    const job = await findJob(ctx.tx, jobId);
    if (job === null || job.placeId !== placeId) return refuse({ code: "night_not_found" });
    await ctx.noticeBoard.end(ctx, { about: ABOUT, userIds: null });
    if (broken === null) return accept({ jobId, told: 0 });
    const holders = await listHolders(ctx.tx, placeId);
    const people = new Set(
      holders.filter(({ role, areaId }) => areaId === null && WHO.includes(role)).map(({ userId }) => userId),
    );
    await ctx.noticeBoard.tell(ctx, {
      kind: "books_not_proved",
      about: ABOUT,
      to: [...people].map((userId) => ({ userId, placeSlug: slug })),
      path: "/ledger/verify",
      write: ({ language, link }) => letter(ctx.place, { language, link, broken }),
      task: {
        title: (language) =>
          language === "en" ? "The books did not verify last night" : "Nid oedd y llyfrau'n dilysu neithiwr",
        dueOn: ctx.today,
        lapsesAt: new Date(`${addDays(ctx.today, DAYS)}T00:00:00Z`),
      },
    });
    return accept({ jobId, told: people.size });
  },
});

function letter(
  place: Named,
  { language, link, broken }: { readonly language: Language; readonly link: string; readonly broken: string },
): Letter {
  return language === "en"
    ? {
        subject: `The books of ${place.name} did not verify`,
        body: `Every check of the books is run each night. Last night this did not hold:\n\n${broken}\n\nStop recording, and see what was found:\n${link}`,
      }
    : {
        subject: `Nid oedd llyfrau ${place.nameWelsh ?? place.name} yn dilysu`,
        body: `Caiff pob gwiriad o'r llyfrau ei redeg bob nos. Neithiwr nid oedd hwn yn dal:\n\n${broken}\n\nPeidiwch â chofnodi rhagor, a gwelwch yr hyn a gafwyd:\n${link}`,
      };
}
