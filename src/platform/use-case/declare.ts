/**
 * A use case is declared once: what it is called, what it takes and gives, who may do it, how it can be refused and
 * what it does. Its API route, its OpenAPI entry and its command are derived from this; only pages are written by hand.
 */
import type { z } from "zod";
import type { Day } from "../../lib/day.ts";
import type { Language } from "../../lib/language.ts";
import type { Result } from "../../lib/result.ts";
import type { Actor } from "../actor.ts";
import type { ClosingSource } from "../closing.ts";
import type { Transaction } from "../database/index.ts";
import type { NoticeBoard } from "../notices.ts";
import type { Permission } from "../policy.ts";
import type { Act, Approval } from "./acts.ts";

/** A place as a use case sees it; `area` is set when its address named a council or a neighbourhood inside it. */
export type PlaceInHand = {
  readonly placeId: number;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly businessDate: Day | null;
  readonly demonstration: boolean;
  readonly area: {
    readonly areaId: string;
    readonly slug: string;
    readonly name: string;
    readonly nameWelsh: string | null;
  } | null;
};

export type Context = {
  readonly tx: Transaction;
  readonly actor: Actor;
  /** A name for the audit trail: an id, never a person's name. */
  readonly mark: string;
  readonly now: Date;
  /** The place's business date, or today in London. */
  readonly today: Day;
  readonly newId: () => string;
  readonly language: Language;
  /** The request's key where the caller sent one: also the id of the transfer it makes. */
  readonly requestKey: string | null;
  /** Takes the next piece of the file that a use case makes; where nobody asked for the file, it goes nowhere. */
  readonly takePiece: TakePiece;
  /** Who prepared what two people now carry out together; null where it is asked for directly, by one alone. */
  readonly approval: Approval | null;
  readonly findUseCase: (name: string) => AnyUseCase | null;
};

/** Answers when the next piece may come, so that no file is ever whole in memory. */
export type TakePiece = (piece: string | Uint8Array) => Promise<void>;

/** What the answer of a use case that makes a file says of it. */
export type MadeFile = { readonly fileName: string; readonly mediaType: string };

export type PlaceContext = Context & {
  readonly place: PlaceInHand;
  /** Whether there is such a record at the place, of any subject. */
  readonly recordExists: (recordId: string) => Promise<boolean>;
  /** Whom a mark names, with the roles that count in an area (null: the whole place). */
  readonly actorOf: (mark: string, areaId: string | null) => Promise<Actor>;
  /** What subjects want done before a period of the books is closed. */
  readonly closingSources: readonly ClosingSource[];
  /** Tells people what waits for them. */
  readonly noticeBoard: NoticeBoard;
};

/** The words of one refusal, in each language; `status` is what HTTP answers. */
export type RefusalWords<Detail> = {
  readonly status: 400 | 403 | 404 | 409 | 413 | 422 | 429;
  /** The field of the input that is at fault, where there is one. */
  readonly field?: string;
  readonly en: (detail: Detail) => string;
  readonly cy: (detail: Detail) => string;
};

/** The catalogue of a subject's refusals: one entry for each code, or it does not compile. */
export type Catalogue<R extends { readonly code: string }> = {
  readonly [Code in R["code"]]: RefusalWords<Extract<R, { readonly code: Code }>>;
};

export type AnyCatalogue = { readonly [code: string]: RefusalWords<never> };

export type RouteDeclaration = {
  readonly method: "get" | "post";
  readonly path: string;
  /** For a route that takes a file; others take a mebibyte. */
  readonly bodyLimitBytes?: number;
  /** Where anyone may ask for long work: how often each key or address may, beside what all changes are limited to. */
  readonly timesAMinute?: number;
};
export type CommandDeclaration = {
  readonly words: string;
  readonly positional?: readonly string[];
  /** The one plain word is a file that holds the whole input as JSON. */
  readonly file?: true;
  /** Without --place the command is carried out at every place, one after another, and ends at the first refusal. */
  readonly everyPlace?: true;
};

/**
 * The record that the audit trail names, from the answer, or null where nothing was changed after all; "ledger" where the
 * ledger's posting function writes the row, "itself" where the use case does (a national one, once it has entered a place).
 */
export type Audited<V, I extends z.ZodObject> = ((value: V, input: z.output<I>) => string | null) | "ledger" | "itself";

/** A change says what the audit trail names, or it does not compile. */
type Changing<V, I extends z.ZodObject> =
  | { readonly changes: false; readonly audited?: never; readonly notesViews?: true }
  | { readonly changes: true; readonly audited: Audited<V, I>; readonly notesViews?: never };

export type UseCase<
  Scope extends "place" | "national",
  I extends z.ZodObject,
  V,
  R extends { readonly code: string },
> = {
  readonly name: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly permission: Permission;
  readonly changes: boolean;
  readonly input: I;
  readonly output: z.ZodType;
  readonly refusals: Catalogue<R>;
  readonly route?: RouteDeclaration;
  readonly command?: CommandDeclaration;
  /** It changes nothing but the log of who looked at whom, which is written in the transaction that reads. */
  readonly notesViews?: true;
  /** It gives a file, piece by piece, through `ctx.takePiece`; its answer is a `MadeFile`. */
  readonly makesFile?: true;
  readonly example: z.input<I>;
  readonly audited?: Audited<V, I>;
  /**
   * What it would do, where it must not be done by one person's hand; null where nobody's money moves, or where what is
   * named is not there, so that `handle` refuses it by name.
   */
  readonly twoPeople?: (
    ctx: PlaceContext,
    input: z.output<I>,
  ) => Promise<Result<Act | null, R & Record<string, unknown>>>;
  readonly handle: (
    ctx: Scope extends "place" ? PlaceContext : Context,
    input: z.output<I>,
  ) => Promise<Result<V, R & Record<string, unknown>>>;
};

// The list of all use cases holds each with its own types; `perform` checks the input and gives the right context.
// biome-ignore-start lint/suspicious/noExplicitAny: see above
export type AnyUseCase = Omit<UseCase<"place" | "national", any, any, any>, "handle" | "twoPeople"> & {
  readonly twoPeople?: (ctx: any, input: any) => Promise<Result<Act | null, any>>;
  readonly handle: (ctx: any, input: any) => Promise<Result<any, any>>;
};
// biome-ignore-end lint/suspicious/noExplicitAny: see above

export function declarePlaceUseCase<I extends z.ZodObject, V, R extends { readonly code: string }>(
  declaration: Omit<UseCase<"place", I, V, R>, "scope"> & Changing<V, I>,
): UseCase<"place", I, V, R> {
  return { ...declaration, scope: "place" };
}

export function declareNationalUseCase<I extends z.ZodObject, V, R extends { readonly code: string }>(
  declaration: Omit<UseCase<"national", I, V, R>, "scope" | "twoPeople"> & Changing<V, I>,
): UseCase<"national", I, V, R> {
  return { ...declaration, scope: "national" };
}
