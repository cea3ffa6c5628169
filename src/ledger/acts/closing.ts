/** What closing the real book for good would do: nobody can take it back, so it is for two people. */
import { type Accepted, accept } from "../../lib/result.ts";
import type { Act, PlaceContext } from "../../platform/use-case/index.ts";
import { type Period, periodWords, type Quarter, type Year } from "../domain/periods.ts";
import type { Book } from "../store/pots.ts";
import { listOpenCommitments, type YEAR_DECISIONS } from "../store/year-end.ts";
import { ACTS, line, REAL } from "./lines.ts";

type Described = Promise<Accepted<Act | null>>;

type Explained = readonly { readonly item: string; readonly words: string }[];

const NOBODY = accept(null);

const closing = { act: "close", potId: null, book: "real", areaId: null, capital: false, amountPence: 0n } as const;

const explainedLines = (explained: Explained) =>
  explained.map(({ item, words }) => line("explained", `${item.replaceAll("_", " ")}: ${words}`));

export async function closeAct(
  _ctx: PlaceContext,
  input: {
    readonly period: Period | Quarter;
    readonly book: Book;
    readonly state: "soft" | "hard";
    readonly explained: Explained;
  },
): Described {
  const { period, explained } = input;
  if (input.book === "shadow" || input.state === "soft") return NOBODY;
  const words = (language: "en" | "cy") => periodWords(language, period);
  return accept({
    ...closing,
    shown: [
      line("act", ACTS.close),
      line("book", REAL),
      line("period", { en: words("en"), cy: words("cy") }),
      ...explainedLines(explained),
    ],
  });
}

export async function yearEndAct(
  ctx: PlaceContext,
  input: {
    readonly year: Year;
    readonly book: Book;
    readonly commitments: readonly {
      readonly commitmentId: string;
      readonly decision: (typeof YEAR_DECISIONS)[number];
    }[];
    readonly explained: Explained;
  },
): Described {
  const { year, book } = input;
  if (book === "shadow") return NOBODY;
  const open = await listOpenCommitments(ctx.tx, ctx.place.placeId, { book, to: year.to });
  const decided = new Map(input.commitments.map((one) => [one.commitmentId, one.decision]));
  return accept({
    ...closing,
    shown: [
      line("act", ACTS.yearEnd),
      line("book", REAL),
      line("period", year.name),
      ...open.map((one) => line("notes", `${one.words}: ${decided.get(one.commitmentId) ?? ""}`)),
      ...explainedLines(input.explained),
    ],
  });
}
