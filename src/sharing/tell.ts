/**
 * Who hears of an agreement: those who may sign it, when it is prepared; the information governance leads, once all have signed, with a
 * task for its review that is due on that day. Tasks end with what they ask for. A message holds no name of a person.
 */
import { must } from "../lib/assert.ts";
import { addDays, type Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Language } from "../lib/language.ts";
import { listHolders, listPlaces } from "../places/index.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import type { Party } from "./domain/agreement.ts";

type Told = {
  readonly agreementId: string;
  readonly number: number;
  readonly title: string;
  readonly titleWelsh: string | null;
  readonly startsOn: Day;
  readonly reviewOn: Day;
  readonly endsOn: Day;
};

const titleIn = (language: Language, one: Told) => (language === "cy" ? (one.titleWelsh ?? one.title) : one.title);
const lapseAfter = (day: Day) => new Date(`${addDays(day, 1)}T00:00:00Z`);
const pathOf = ({ agreementId }: Told) => `/sharing/${agreementId}`;

/** Roles of the whole place count for an agreement, so that its tasks are at the address of the whole place. */
async function peopleAt(ctx: PlaceContext) {
  const { placeId } = ctx.place;
  const place = must(
    (await listPlaces(ctx.tx)).find((one) => one.placeId === placeId),
    "the place in hand is open",
  );
  const people = (await listHolders(ctx.tx, placeId)).filter(({ areaId }) => areaId === null);
  const leads = people.filter(({ role }) => role === "information_governance_lead");
  const addressed = (userIds: readonly string[]) =>
    [...new Set(userIds)].map((userId) => ({ userId, placeSlug: place.slug }));
  return { people, leads, addressed };
}

/** The people of a partner who sign for it, and the leads for those partners that have nobody here. */
export async function tellSigners(
  ctx: PlaceContext,
  one: Told & { readonly parties: readonly Pick<Party, "partnerId" | "health">[] },
): Promise<void> {
  const { people, leads, addressed } = await peopleAt(ctx);
  const officers = people.filter(
    ({ role, partnerId }) => role === "partner_officer" && one.parties.some((party) => party.partnerId === partnerId),
  );
  const alone = one.parties.some(
    ({ partnerId, health }) => health || !officers.some((officer) => officer.partnerId === partnerId),
  );
  const to = addressed([...officers, ...(alone ? leads : [])].map(({ userId }) => userId));
  if (to.length === 0) return;
  const title = (language: Language) =>
    `${language === "en" ? "Sign agreement" : "Llofnodi cytundeb"} ${one.number}: ${titleIn(language, one)}`.slice(
      0,
      200,
    );
  await ctx.noticeBoard.tell(ctx, {
    kind: "sharing_to_sign",
    about: one.agreementId,
    to,
    path: pathOf(one),
    write: ({ language, link }) => ({
      subject: title(language),
      body:
        language === "en"
          ? `An information-sharing agreement waits for the signature of your partner, or of one that has nobody here.\n\nRead it and sign it:\n${link}`
          : `Mae cytundeb rhannu gwybodaeth yn aros am lofnod eich partner, neu un nad oes ganddo neb yma.\n\nDarllenwch ef a'i lofnodi:\n${link}`,
    }),
    task: { title, dueOn: one.startsOn > ctx.today ? one.startsOn : ctx.today, lapsesAt: lapseAfter(one.endsOn) },
  });
}

/** Once all have signed: nobody has to sign any more, and somebody has to review it. */
export async function tellInForce(ctx: PlaceContext, one: Told): Promise<void> {
  await endTasksOf(ctx, one.agreementId);
  const { leads, addressed } = await peopleAt(ctx);
  if (leads.length === 0) return;
  const title = (language: Language) =>
    `${language === "en" ? "Review agreement" : "Adolygu cytundeb"} ${one.number}: ${titleIn(language, one)}`.slice(
      0,
      200,
    );
  await ctx.noticeBoard.tell(ctx, {
    kind: "sharing_signed",
    about: one.agreementId,
    to: addressed(leads.map(({ userId }) => userId)),
    path: pathOf(one),
    write: ({ language, link }) => ({
      subject:
        language === "en"
          ? `Agreement ${one.number} is signed by all its parties`
          : `Mae cytundeb ${one.number} wedi'i lofnodi gan ei holl bartïon`,
      body:
        language === "en"
          ? `${titleIn(language, one)}\n\nReview it by ${formatDay(language, one.reviewOn)}. Its last day is ${formatDay(language, one.endsOn)}.\n${link}`
          : `${titleIn(language, one)}\n\nAdolygwch ef erbyn ${formatDay(language, one.reviewOn)}. Ei ddiwrnod olaf yw ${formatDay(language, one.endsOn)}.\n${link}`,
    }),
    task: { title, dueOn: one.reviewOn, lapsesAt: lapseAfter(one.endsOn) },
  });
}

export async function endTasksOf(ctx: PlaceContext, agreementId: string): Promise<void> {
  await ctx.noticeBoard.end(ctx, { about: agreementId, userIds: null });
}

/** After a signature that is not the last: of those for whom nothing is left to sign. */
export async function endTasksOfSigned(
  ctx: PlaceContext,
  the: { readonly agreementId: string; readonly wanting: readonly { readonly partnerId: string }[] },
): Promise<void> {
  const { people } = await peopleAt(ctx);
  const wants = new Set(the.wanting.map(({ partnerId }) => partnerId));
  const still = people.filter(
    ({ role, partnerId }) => role === "partner_officer" && partnerId !== null && wants.has(partnerId),
  );
  const userIds = people
    .filter(({ role }) => role === "partner_officer")
    .map(({ userId }) => userId)
    .filter((userId) => !still.some((one) => one.userId === userId));
  await ctx.noticeBoard.end(ctx, { about: the.agreementId, userIds: [...new Set(userIds)] });
}
