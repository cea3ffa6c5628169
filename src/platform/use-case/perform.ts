/**
 * Carries out a use case for whoever asks, whichever door they came by: check the input, find the place, open its
 * transaction, find the actor's roles in it, permit, do, write down, and keep all of it or nothing. The same request
 * key gives the first answer again; the same key for another request is refused.
 */
import type { z } from "zod";
import { type Day, londonDay } from "../../lib/day.ts";
import type { Language } from "../../lib/language.ts";
import { accept, type Refusal, type Refused, type Result, refuse } from "../../lib/result.ts";
import { type Actor, actorMark } from "../actor.ts";
import { writeAudit } from "../audit/index.ts";
import type { ClosingSource } from "../closing.ts";
import { type Database, OutcomeUnknown, type Transaction, undo } from "../database/index.ts";
import { newId } from "../ids.ts";
import { NO_BOARD, type NoticeBoard } from "../notices.ts";
import { actorIn, permits } from "../policy.ts";
import type { InputFault } from "./common-refusals.ts";
import type { AnyUseCase, Context, PlaceContext, PlaceInHand, TakePiece, UseCase } from "./declare.ts";
import { faultWords, saidIn, unknownField } from "./fault-words.ts";
import { slug as slugShape } from "./fields.ts";
import { hashJson, type Json, toJson } from "./json.ts";
import { findAnswer, keepAnswer } from "./request-keys.ts";

/** Who stands at the door, before their roles at a place are known. */
export type Credential =
  | { readonly kind: "public" }
  | { readonly kind: "operator" }
  | { readonly kind: "person"; readonly userId: string }
  | { readonly kind: "key"; readonly keyId: string };

/** What `perform` needs from the subjects above: how a place and an actor are found. */
export type House = {
  readonly database: Database;
  readonly findPlace: (slug: string) => Promise<PlaceInHand | null>;
  readonly findActor: (tx: Transaction, credential: Credential) => Promise<Actor>;
  /** Whether a place has a record of any subject; without it every id is taken for one. */
  readonly recordExists?: RecordExists;
  /** The use case of a name, so that what one person prepared is carried out when another has authorised it. */
  readonly findUseCase?: (name: string) => AnyUseCase | null;
  /** What subjects want done before a period is closed. */
  readonly closingSources?: readonly ClosingSource[];
  /** Where people are told what waits for them. */
  readonly noticeBoard?: NoticeBoard;
  readonly now: () => Date;
};

type RecordExists = (tx: Transaction, placeId: number, recordId: string) => Promise<boolean>;

export type Asked = {
  readonly credential: Credential;
  readonly place?: string;
  readonly input: unknown;
  readonly language: Language;
  readonly requestKey?: string | null;
  /** Where the file goes that the use case makes. Nothing of it stands before the answer says that it is whole. */
  readonly takePiece?: TakePiece;
};

export async function perform<
  S extends "place" | "national",
  I extends z.ZodObject,
  V,
  R extends { readonly code: string },
>(house: House, useCase: UseCase<S, I, V, R>, asked: Asked): Promise<Result<V>> {
  const any = useCase as unknown as AnyUseCase;
  const parsed = parseInput(any, asked.input, asked.language);
  if (!parsed.ok) return parsed;
  const ready = { ...asked, input: parsed.value };
  const run = async () =>
    any.scope === "place" ? performInPlace(house, any, ready) : performNational(house, any, ready);
  try {
    return (await run()) as Result<V>;
  } catch (error) {
    if (!(error instanceof OutcomeUnknown)) throw error;
    // With a key the request can be looked up: carrying it out again finds the kept answer or does it for the first time.
    // A file is not made twice into one: whoever asked for it asks again.
    if (!asked.requestKey || useCase.makesFile) return refuse({ code: "outcome_unknown" });
    return (await run()) as Result<V>;
  }
}

/** The input as the use case takes it, or its faults field by field in words. */
export function parseInput(
  ...[useCase, input, language]: readonly [useCase: Pick<AnyUseCase, "input">, input: unknown, language: Language]
): Result<unknown> {
  const parsed = useCase.input.safeParse(input, { error: faultWords(language) });
  return parsed.success ? accept(parsed.data) : refuseInput(parsed.error, language);
}

function refuseInput(error: z.ZodError, language: Language): Refused {
  const faults = error.issues.map((issue): InputFault => {
    if (issue.code === "unrecognized_keys") return { field: issue.keys.join(", "), message: unknownField[language] };
    return { field: issue.path.join(".") || "input", message: saidIn(language, issue.message) };
  });
  return refuse({ code: "input_not_valid", faults });
}

async function performNational(house: House, useCase: AnyUseCase, asked: Asked): Promise<Result<unknown>> {
  return house.database.national(async (tx) => {
    const ctx = await contextOf(house, tx, { asked, today: londonDay(house.now()), area: null });
    if (!permits(ctx.actor, useCase.permission, null))
      return refuse({ code: "not_allowed", permission: useCase.permission });
    const result: Result<unknown> = await useCase.handle(ctx, asked.input);
    return result.ok ? result : undo(result);
  });
}

async function performInPlace(house: House, useCase: AnyUseCase, asked: Asked): Promise<Result<unknown>> {
  const slug = asked.place ?? "";
  const place = await placeAt(house, slug);
  if (place === null) return refuse({ code: "place_not_found", place: slug });
  const { inPlace, readPlace } = house.database;
  const answer = await (useCase.changes || useCase.notesViews === true ? inPlace : readPlace)(
    place.placeId,
    async (tx) => {
      const area = place.area?.areaId ?? null;
      const today = place.businessDate ?? londonDay(house.now());
      const ctx: PlaceContext = {
        ...(await contextOf(house, tx, { asked, today, area })),
        place,
        recordExists: async (recordId) => house.recordExists?.(tx, place.placeId, recordId) ?? true,
        actorOf: async (mark, areaId) => actorIn(await house.findActor(tx, credentialOf(mark)), areaId),
        closingSources: house.closingSources ?? [],
        noticeBoard: house.noticeBoard ?? NO_BOARD,
      };
      if (!permits(ctx.actor, useCase.permission, area))
        return refuse({ code: "not_allowed", permission: useCase.permission });
      const result = await once(ctx, useCase, asked.input);
      return result.ok ? result : undo(result);
    },
  );
  return answer === AGAIN ? performInPlace(house, useCase, asked) : answer;
}

/** Another transaction kept an answer under the same key while this one worked: nothing is kept here, look again. */
const AGAIN = accept("again");

/** What cannot be an address is not looked for: the database would not even take some of it. */
async function placeAt(house: House, slug: string): Promise<PlaceInHand | null> {
  return slugShape.safeParse(slug).success ? house.findPlace(slug) : null;
}

/**
 * Whether the credential would be let through, for a door that has not read the request's body yet; the use case asks
 * again. A place that is not there is left for the use case to refuse.
 */
export async function wouldPermit(
  house: House,
  useCase: Pick<AnyUseCase, "scope" | "permission">,
  asked: Pick<Asked, "credential" | "place">,
): Promise<boolean> {
  const { permission } = useCase;
  if (asked.credential.kind === "public") return permits(asked.credential, permission, null);
  const find = (tx: Transaction) => house.findActor(tx, asked.credential);
  if (useCase.scope === "national") return permits(await house.database.national(find), permission, null);
  const place = await placeAt(house, asked.place ?? "");
  if (place === null) return true;
  const actor = await house.database.inPlace(place.placeId, find);
  return permits(actor, permission, place.area?.areaId ?? null);
}

type ForContext = { readonly asked: Asked; readonly today: Day; readonly area: string | null };

async function contextOf(house: House, tx: Transaction, { asked, today, area }: ForContext): Promise<Context> {
  const actor = actorIn(await house.findActor(tx, asked.credential), area);
  return {
    tx,
    actor,
    mark: actorMark(actor),
    now: house.now(),
    today,
    newId: () => newId(),
    language: asked.language,
    requestKey: asked.requestKey ?? null,
    takePiece: asked.takePiece ?? nowhere,
    approval: null,
    findUseCase: house.findUseCase ?? (() => null),
  };
}

const nowhere: TakePiece = async () => undefined;

/** Who stands behind a mark of the audit trail. */
export function credentialOf(mark: string): Credential {
  const [kind, id = ""] = mark.split(":");
  if (kind === "person") return { kind, userId: id };
  if (kind === "key") return { kind, keyId: id };
  return kind === "operator" ? { kind } : { kind: "public" };
}

const NO_HASH = Buffer.alloc(0);

/** Does it, or gives the kept answer of the same request. */
async function once(ctx: PlaceContext, useCase: AnyUseCase, input: unknown): Promise<Result<unknown, Refusal>> {
  if (!useCase.changes) return useCase.handle(ctx, input);
  const { placeId, area } = ctx.place;
  const request = { useCase: useCase.name, actor: ctx.mark, placeId, area: area?.areaId ?? null, input };
  const hash = ctx.requestKey === null ? NO_HASH : hashJson(request);
  if (ctx.requestKey !== null) {
    const kept = await findAnswer(ctx.tx, { placeId, requestKey: ctx.requestKey, hash });
    if (kept === "another_request") return refuse({ code: "key_reused" });
    if (kept !== null) return accept(kept.answer);
  }
  const alone = await refuseAlone(ctx, useCase, input);
  if (alone !== null) return alone;
  const result: Result<unknown> = await useCase.handle(ctx, input);
  if (!result.ok) return result;
  const recordId = typeof useCase.audited === "function" ? useCase.audited(result.value, input) : null;
  if (recordId !== null) await writeAudit(ctx, { action: useCase.name, recordId, content: input });
  if (ctx.requestKey !== null) {
    const answer: Json = toJson(result.value);
    const kept = await keepAnswer(ctx, { requestKey: ctx.requestKey, useCase: useCase.name, hash, answer });
    if (!kept) return undo(AGAIN);
  }
  return result;
}

/** What moves real money is not done for one person who asks: it is prepared, and another authorises it. */
async function refuseAlone(ctx: PlaceContext, useCase: AnyUseCase, input: unknown): Promise<Refused | null> {
  if (useCase.twoPeople === undefined || ctx.approval !== null) return null;
  const act = await useCase.twoPeople(ctx, input);
  if (!act.ok) return act;
  return act.value === null ? null : refuse({ code: "needs_two_people" });
}

/** A use case called inside another joins its transaction; permission is asked again. */
export async function performWithin<I extends z.ZodObject, V, R extends { readonly code: string }>(
  ctx: PlaceContext,
  useCase: UseCase<"place", I, V, R>,
  input: z.input<I>,
): Promise<Result<V>> {
  const any = useCase as unknown as AnyUseCase;
  const parsed = parseInput(any, input, ctx.language);
  if (!parsed.ok) return parsed;
  if (!permits(ctx.actor, useCase.permission, ctx.place.area?.areaId ?? null))
    return refuse({ code: "not_allowed", permission: useCase.permission });
  return (await once({ ...ctx, requestKey: null }, any, parsed.value)) as Result<V>;
}
