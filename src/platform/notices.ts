/**
 * Tells people what waits for them, or what became of what they asked for: a task at the place and a message. A subject
 * says whom and in which words; how tasks are kept and where people are written to is for subjects beside it, so src/main
 * makes one board of them and the house hands it to whatever tells (src/approvals).
 */
import type { Day } from "../lib/day.ts";
import type { Language } from "../lib/language.ts";
import type { Transaction } from "./database/index.ts";

/** A person, and the address of the place at which their role counts: the whole place, or an area inside it. */
export type Addressee = { readonly userId: string; readonly placeSlug: string };

/** Like every message it holds no name and no words about a person; `link` stands for where it leads. */
export type Letter = { readonly subject: string; readonly body: string };

export type Notice = {
  /** Of the message: lower case letters and underscores. */
  readonly kind: string;
  /** The id of what it is about: its tasks end by that. */
  readonly about: string;
  readonly to: readonly Addressee[];
  /** A page inside the place: "/approvals/...". */
  readonly path: string;
  readonly write: (the: { readonly language: Language; readonly link: string }) => Letter;
  /** Null where nothing is to be done. */
  readonly task: {
    readonly title: (language: Language) => string;
    readonly dueOn: Day;
    readonly lapsesAt: Date;
  } | null;
};

/** What a board needs of the context in hand. */
export type AtBoard = {
  readonly tx: Transaction;
  readonly mark: string;
  readonly newId: () => string;
  readonly place: { readonly placeId: number };
};

export type NoticeBoard = {
  readonly tell: (ctx: AtBoard, notice: Notice) => Promise<void>;
  /** Ends the open tasks about something, of everyone or of some. */
  readonly end: (
    ctx: AtBoard,
    the: { readonly about: string; readonly userIds: readonly string[] | null },
  ) => Promise<void>;
};

/** Where nobody is to be told: a house without subjects. */
export const NO_BOARD: NoticeBoard = { tell: async () => undefined, end: async () => undefined };
