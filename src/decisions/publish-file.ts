/**
 * A file that a place publishes: at an address that says what it is, and never forgotten. It is read, and counted by the rule that the
 * place decided on, as it is published: a file that cannot be counted is not published.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { type Context, declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { choiceShape, writeChoice } from "./choice.ts";
import { type ElectionRefusal, electionRefusals, MOST_FILE_BYTES } from "./messages.ts";
import { insertPublished } from "./store/files.ts";
import { insertDone } from "./store/works.ts";
import { type Asked, carryOutTask } from "./task.ts";
import { READ_KEY } from "./work.ts";

export const publishElection = declarePlaceUseCase({
  name: "election.publish",
  summary: "Publish the file of an election, for anyone to count",
  permission: "place.manage",
  changes: true,
  input: z.strictObject({
    name: field.words(200),
    slug: field.slug,
    title: field.words(200),
    titleWelsh: field.words(200).nullable().default(null),
    madeUp: z.boolean().default(false),
    rule: choiceShape.nullable().default(null).describe("The rule that the place decided on before the vote"),
    content: z.custom<() => Uint8Array>((value) => typeof value === "function").transform((give): Uint8Array => give()),
  }),
  output: z.object({ address: z.string(), fileId: field.id }),
  example: {
    name: "election.pb",
    slug: "town-2013",
    title: "Town pot, 2013",
    content: () => new Uint8Array([77]),
  },
  refusals: electionRefusals,
  audited: (value: { readonly fileId: string }) => value.fileId,
  handle: async (
    ctx,
    { content, slug, ...about },
  ): Promise<Result<{ readonly address: string; readonly fileId: string }, ElectionRefusal>> => {
    if (content.length === 0) return refuse({ code: "file_empty" });
    if (content.length > MOST_FILE_BYTES) return refuse({ code: "file_too_large" });
    const { placeId } = ctx.place;
    if (RESERVED.includes(slug)) return refuse({ code: "address_taken" });
    const { slug: publishedAt, name, nameWelsh } = ctx.place.area ?? ctx.place;
    const fileId = ctx.newId();
    const published = {
      ...about,
      fileId,
      slug,
      content,
      now: ctx.now,
      placeId,
      publisher: { slug: publishedAt, name, nameWelsh },
    };
    if (!(await insertPublished(ctx.tx, published))) return refuse({ code: "address_taken" });
    const file = { fileId, bytes: content };
    const read = await workNow(ctx, { ...file, workKey: READ_KEY, asked: { kind: "read" } });
    if (!read.ok) return read;
    const { rule } = about;
    const counted =
      rule === null
        ? null
        : await workNow(ctx, { ...file, workKey: writeChoice(rule), asked: { kind: "count", choice: rule } });
    return counted !== null && !counted.ok ? counted : accept({ address: slug, fileId });
  },
});

/** Pages of their own beside those of elections. */
const RESERVED: readonly string[] = ["verify", "tables"];

type Now = {
  readonly fileId: string;
  readonly workKey: string;
  readonly bytes: Uint8Array;
  readonly asked: Asked;
};

async function workNow(ctx: Context, { bytes, ...work }: Now): Promise<Result<null, ElectionRefusal>> {
  const done = carryOutTask({ csv: null, bytes, asked: work.asked }, () => undefined);
  if (!done.ok) return done as Result<null, ElectionRefusal>;
  await insertDone(ctx.tx, { ...work, answer: done.value, now: ctx.now });
  return accept(null);
}
