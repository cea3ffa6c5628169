/** What every part of the loader works with: use cases carried out for someone, and the ids that keys have got. */
import type { z } from "zod";
import { authoriseApproval, prepareApproval } from "../../src/approvals/index.ts";
import { assert, must } from "../../src/lib/assert.ts";
import { NO_BOARD } from "../../src/platform/notices.ts";
import { type Credential, type House, perform, toJson, type UseCase } from "../../src/platform/use-case/index.ts";

export type Step = { readonly done: number; readonly total: number; readonly doing: string };
export type Loading = {
  readonly house: House;
  readonly password: string;
  readonly tell: (step: Step) => Promise<void>;
};

export type Ids = { readonly keep: (key: string, id: string) => void; readonly of: (key: string) => string };

export function openIds(): Ids {
  const ids = new Map<string, string>();
  return {
    keep: (key, id) => {
      assert(!ids.has(key), `the demonstration has two records called ${key}`);
      ids.set(key, id);
    },
    of: (key) => must(ids.get(key), `the demonstration names ${key}, which is not there`),
  };
}

/** Carries out a use case that must be accepted: the demonstration is data of our own. */
export async function carryOut<
  S extends "place" | "national",
  I extends z.ZodObject,
  V,
  R extends { readonly code: string },
>(
  house: House,
  useCase: UseCase<S, I, V, R>,
  the: { readonly by: Credential; readonly place?: string; readonly input: z.input<I> },
): Promise<V> {
  const result = await perform(house, useCase, {
    credential: the.by,
    input: the.input,
    language: "en",
    ...(the.place !== undefined && { place: the.place }),
  });
  assert(
    result.ok,
    `the demonstration was refused at ${useCase.name}: ${result.ok ? "" : JSON.stringify(toJson(result.refusal))}`,
  );
  return result.value;
}

type TwoPeople = { readonly preparedBy: Credential; readonly authorisedBy: Credential };

/**
 * The same where it may need two people: prepared by one and authorised by the other, as it was shown to them. It is told
 * as history, so nobody is told that it waits: only what still waits is a task and a message.
 */
export async function carryOutTogether<I extends z.ZodObject, V, R extends { readonly code: string }>(
  house: House,
  useCase: UseCase<"place", I, V, R>,
  the: TwoPeople & { readonly place: string; readonly real: boolean; readonly input: z.input<I> },
): Promise<V> {
  const { place, preparedBy } = the;
  if (!the.real) return carryOut(house, useCase, { by: preparedBy, place, input: the.input });
  const request = the.input as Readonly<Record<string, unknown>>;
  const untold: House = { ...house, noticeBoard: NO_BOARD };
  const { approvalId, shownHash } = await carryOut(untold, prepareApproval, {
    by: preparedBy,
    place,
    input: { act: useCase.name, request },
  });
  const done = await carryOut(untold, authoriseApproval, {
    by: the.authorisedBy,
    place,
    input: { approvalId, shownHash },
  });
  return done.answer as V;
}
