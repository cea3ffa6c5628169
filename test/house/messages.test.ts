/**
 * Whatever a shape says of an input that does not fit, it says in both languages: no use case's input has a message that
 * was not `said`. Messages are read off the shapes; those that a transform makes are provoked with odd values, and looked
 * for in the sources.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useCases } from "../../src/main/use-cases.ts";
import { saidIn } from "../../src/platform/use-case/fault-words.ts";
import { field, said } from "../../src/platform/use-case/index.ts";

const OWN = "no words of its own";

/** Each passes some pattern of ours and may fail what comes after it. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  "",
  "x",
  "a\u0000b",
  "0",
  "-1",
  "9223372036854775808",
  "2013-02-30",
  "2013-13",
  "name@",
  "x".repeat(5000),
  "00000000-0000-0000-0000-000000000000",
  0,
  1.5,
  1e308,
  true,
  [],
  [null],
  {},
  { unknown: 1 },
];

type Part = { readonly _zod: { readonly def: Readonly<Record<string, unknown>> } };

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && "_zod" in value;
}

/** A shape, its checks and whatever it is made of. */
function partsOf(shape: unknown, seen = new Set<unknown>()): readonly Part[] {
  if (typeof shape !== "object" || shape === null || shape instanceof RegExp || seen.has(shape)) return [];
  seen.add(shape);
  if (!isPart(shape)) return Object.values(shape).flatMap((one) => partsOf(one, seen));
  const { getter, ...def } = shape._zod.def;
  const lazily: unknown = typeof getter === "function" ? getter() : null;
  return [shape, ...partsOf({ ...def, shape: def["shape"], lazily }, seen)];
}

function writtenIn({ _zod: { def } }: Part): readonly string[] {
  if (typeof def["error"] !== "function") return [];
  const given: unknown = def["error"]({ code: "custom", input: "x", path: [] });
  const message = typeof given === "object" && given !== null && "message" in given ? given.message : given;
  return typeof message === "string" ? [message] : [];
}

/** A refinement or a transform is provoked with the shape before it: alone it may be given what it is not made for. */
function provokedFrom(part: Part): readonly string[] {
  if (!(part instanceof z.ZodType) || part instanceof z.ZodCustom || part instanceof z.ZodTransform) return [];
  return ODD.flatMap((value) => {
    const read = part.safeParse(value, { error: () => OWN });
    return read.success ? [] : read.error.issues.map(({ message }) => message).filter((message) => message !== OWN);
  });
}

function messagesOf(shape: z.ZodType): readonly string[] {
  return [...new Set(partsOf(shape).flatMap((part) => [...writtenIn(part), ...provokedFrom(part)]))];
}

const englishOnly = (shape: z.ZodType): readonly string[] =>
  messagesOf(shape).filter((message) => saidIn("cy", message) === message);

const ADDED = /\baddIssue\(\s*(?:["'`]|\{[^}]*\bmessage:\s*["'`])/;

const sources = readdirSync(new URL("../../src", import.meta.url), { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

describe("every message of an input's shape", () => {
  it("is in English and in Welsh", () => {
    const found = useCases.flatMap(({ name, input }) => englishOnly(input).map((message) => `${name}: ${message}`));
    expect(found).toEqual([]);
  });

  it("is found: those of fields that many share, and of one use case alone", () => {
    const all = useCases.flatMap(({ input }) => messagesOf(input));
    for (const message of [
      "The id must be a UUID in lower case",
      "The date must be a real date",
      "The amount is too large",
      "Enter an email address in the correct form, like name@example.com",
      "Choose one role or one person",
      "The file is empty",
    ])
      expect(all).toContain(message);
  });

  it("is written nowhere in a transform as it stands", () => {
    const read = (file: string) => readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => ADDED.test(read(file)))).toEqual([]);
  });
});

const words = "Only in English";
const breaches: Readonly<Record<string, z.ZodType>> = {
  limit: z.string().min(1, words),
  pattern: z.string().regex(/^a$/, words),
  format: z.base64(words),
  kind: z.string(words),
  refine: z.string().refine(() => true, words),
  "refine of an object": z.strictObject({ a: z.string() }).refine(() => true, { message: words, path: ["a"] }),
  function: z.string().max(3, { error: () => words }),
  "check beside others": field.text(10).min(1, words),
  "refine that adds": z.string().superRefine((_, ctx) => ctx.addIssue({ code: "custom", message: words })),
  transform: z.string().transform((_, ctx) => ctx.addIssue({ code: "custom", message: words })),
  field: z.strictObject({ a: z.string().min(1, words) }),
  "optional field": z.strictObject({ a: z.string().min(1, words).nullable().default(null).optional() }),
  list: z.array(z.number().min(1, words)),
  record: z.record(z.string(), z.number().max(1, words)),
  choice: z.union([z.null(), z.string().max(1, words)]),
  "what is made of it": z.string().min(1, words).transform(Number).pipe(z.number()),
  "what is read later": z.lazy(() => z.string().min(1, words)),
};

describe("a breach is seen", () => {
  it.each(Object.entries(breaches))("%s", (_, shape) => {
    expect(englishOnly(z.strictObject({ planted: shape }))).toEqual([words]);
  });

  it("and what was said in both languages is none", () => {
    const told = said({ en: "Enter your answer", cy: "Rhowch eich ateb" });
    expect(englishOnly(z.strictObject({ a: z.string().min(1, told) }))).toEqual([]);
  });

  it.each(['ctx.addIssue("No")', 'ctx.addIssue({ code: "custom", message: "No" })'])("%s", (line) => {
    expect(ADDED.test(line)).toBe(true);
  });
});
