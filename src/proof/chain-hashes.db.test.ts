/** The chain's hashes in TypeScript against those of the database, over any content that a text column takes. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { sql } from "../platform/database/index.ts";
import {
  auditDigest,
  BEFORE_THE_FIRST,
  blockHash,
  datedHash,
  gather,
  periodHash,
  transferHash,
  transferSeal,
} from "./bundle-hashes.ts";
import { jsonbText, trialBalanceText } from "./domain/chain-texts.ts";

let test: TestHouse;
beforeAll(async () => {
  test = await openTestHouse();
});
afterAll(() => test?.close());

const ask = <T>(statement: ReturnType<typeof sql<T>>) => test.database.national((tx) => tx.one(statement));

/** What a text column takes: any letter but NUL and halves of a pair. */
const hard = [
  '"',
  "\\",
  "\n",
  "\r",
  "\t",
  "\b",
  "\f",
  "\u0001",
  "\u001f",
  "\u007f",
  "\u0085",
  "\u2028",
  "\u2029",
  "\ufeff",
];
const letter = fc.oneof(
  fc.constantFrom(
    ...hard,
    "/",
    "<",
    "é",
    "ŵ",
    "שלום",
    "مرحبا",
    "\u202e",
    "👨‍👩‍👧",
    "𝄞",
    "\u{10ffff}",
    " ",
    "'",
    "|",
    ",",
    "{",
    "null",
  ),
  fc.string({ unit: "grapheme", maxLength: 3 }),
);
const anyText = fc.array(letter, { maxLength: 12 }).map((letters) =>
  letters
    .join("")
    .replaceAll("\u0000", "")
    .replaceAll(/\p{Cs}/gu, ""),
);
const anyId = fc.uuid();
const anyPence = fc.bigInt({ min: -9_223_372_036_854_775_807n, max: 9_223_372_036_854_775_807n }).map(String);
const anyDay = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyMoment = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([day, second, micro]) => {
    const two = (value: number) => String(value).padStart(2, "0");
    const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(":");
    return `${day}T${time}.${String(micro).padStart(6, "0")}`;
  });
const anyNumber = fc.bigInt({ min: 0n, max: 18_446_744_073_709_551_615n }).map(String);
const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const runs = { numRuns: 150 } as const;

describe("a text as jsonb writes it", () => {
  it("is the same, letter for letter", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { made } = await ask(sql<{ made: string }>`select to_jsonb(${text}::text)::text as made`);
        expect(jsonbText(text)).toBe(made);
      }),
      runs,
    );
  });

  it.each(hard)("letter %j", async (one) => {
    const { made } = await ask(sql<{ made: string }>`select to_jsonb(${one}::text)::text as made`);
    expect(jsonbText(one)).toBe(made);
  });
});

const transfer = fc.record({
  placeId: fc.integer({ min: 1, max: 2_000_000_000 }),
  id: anyId,
  book: fc.constantFrom("real", "shadow"),
  kind: fc.constantFrom("contribution", "payment", "reversal", "credit_note"),
  on: anyDay,
  bookedOn: fc.option(anyDay),
  record: anyId,
  words: anyText,
  by: anyText,
  reverses: fc.option(anyId),
});

describe("the hash of a transfer", () => {
  it("is the database's, for any words, lines and days", async () => {
    const lines = fc.array(fc.record({ account: anyId, amount: anyPence }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(transfer, lines, async (one, all) => {
        const row = {
          place_id: one.placeId,
          transfer_id: one.id,
          book: one.book,
          kind: one.kind,
          effective_on: one.on,
          booked_on: one.bookedOn,
          record_id: one.record,
          words: one.words,
          made_by: one.by,
          reverses_id: one.reverses,
        };
        const accounts = all.length === 0 ? null : all.map(({ account }) => account);
        const amounts = all.length === 0 ? null : all.map(({ amount }) => amount);
        const { made } = await ask(sql<{ made: Buffer }>`
          select transfer_hash(jsonb_populate_record(null::transfer, ${JSON.stringify(row)}::jsonb), ${accounts}::uuid[],
            ${amounts}::bigint[]) as made`);
        expect(transferHash(one, all).toString("hex")).toBe(made.toString("hex"));
      }),
      runs,
    );
  });

  it("is sealed as the database seals it", async () => {
    const sealed = fc.record({
      id: anyId,
      life: fc.integer({ min: 1, max: 32_000 }),
      tx: anyNumber,
      postedAt: anyMoment,
      hash: anyHash,
    });
    await fc.assert(
      fc.asyncProperty(sealed, async (one) => {
        const row = {
          transfer_id: one.id,
          life: one.life,
          transaction_number: one.tx,
          posted_at: `${one.postedAt}Z`,
          content_hash: `\\x${one.hash}`,
        };
        const { made } = await ask(sql<{ made: Buffer }>`
          select transfer_seal(jsonb_populate_record(null::transfer, ${JSON.stringify(row)}::jsonb)) as made`);
        expect(transferSeal(one).toString("hex")).toBe(made.toString("hex"));
      }),
      runs,
    );
  });
});

describe("the digest of an audit entry", () => {
  it("is the database's", async () => {
    const entry = fc.record({
      placeId: fc.integer({ min: 1, max: 2_000_000_000 }),
      id: anyId,
      tx: anyNumber,
      at: anyMoment,
      actor: anyText,
      action: anyText,
      record: anyText,
      hash: anyHash,
    });
    await fc.assert(
      fc.asyncProperty(entry, async (one) => {
        const row = {
          place_id: one.placeId,
          audit_id: one.id,
          transaction_number: one.tx,
          made_at: `${one.at}Z`,
          actor: one.actor,
          action: one.action,
          record_id: one.record,
          content_hash: `\\x${one.hash}`,
        };
        const { made } = await ask(sql<{ made: Buffer }>`
          select audit_entry_bytes(jsonb_populate_record(null::audit_entry, ${JSON.stringify(row)}::jsonb)) as made`);
        expect(auditDigest(one).toString("hex")).toBe(made.toString("hex"));
      }),
      runs,
    );
  });
});

describe("the hash of a block", () => {
  it("follows the hash of nothing, holds both kinds of rows and the balance, then its moment and periods", async () => {
    await fc.assert(
      fc.asyncProperty(anyMoment, anyText, anyText, async (sealedAt, balance, periods) => {
        const none = gather().end();
        const { rows, dated } = await ask(sql<{ rows: Buffer; dated: Buffer }>`
          select h.rows, dated_block_hash(h.rows, ${`${sealedAt}Z`}::timestamptz, ${periods}::text) as dated
            from (select audit_block_hash(1, sha256(''::bytea), 1::smallint, '1'::xid8, 1::smallint, '2'::xid8, ${balance}) as rows) as h`);
        const ours = blockHash({ previous: BEFORE_THE_FIRST, audit: none, transfers: none, balance });
        expect(ours.toString("hex")).toBe(rows.toString("hex"));
        expect(datedHash(ours, { sealedAt, words: periods }).toString("hex")).toBe(dated.toString("hex"));
      }),
      runs,
    );
  });
});

describe("what accounts held, in words", () => {
  // The order of kinds and of ids must be the database's: its collation and JavaScript's could differ.
  it("is in the database's order", async () => {
    const books = ["real", "shadow"];
    const kinds = [
      ...["stream", "pot", "allocation", "commitment", "paid", "clearing", "resolve", "adjustment", "creditor"],
      ...["debtor", "prepaid"],
    ];
    const held = new Map(books.flatMap((book) => kinds.map((kind, index) => [`${book} ${kind}`, BigInt(index - 5)])));
    const { made } = await ask(sql<{ made: string }>`
      select string_agg(key || '=' || value, ';' order by key) as made
        from jsonb_each_text(${JSON.stringify(Object.fromEntries([...held].map(([key, value]) => [key, Number(value)])))}::jsonb)`);
    expect(trialBalanceText(held)).toBe(made);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(anyId, anyPence, { maxKeys: 12, noNullPrototype: true }), async (one) => {
        const { hash } = await ask(sql<{ hash: Buffer }>`
          select sha256(convert_to(coalesce(string_agg(b.key::uuid || ':' || b.value, ',' order by b.key::uuid), ''), 'UTF8')) as hash
            from jsonb_each_text(${JSON.stringify(one)}::jsonb) as b`);
        expect(
          periodHash(new Map(Object.entries(one).map(([key, value]) => [key, BigInt(value)]))).toString("hex"),
        ).toBe(hash.toString("hex"));
      }),
      runs,
    );
  });
});
