/**
 * Values drawn from a JSON Schema: valid ones, and ones with a single fault. Only the parts of JSON Schema that our own
 * OpenAPI uses are known; another is an error, so that nothing is quietly left undrawn.
 */
import fc from "fast-check";
import { must } from "../../src/lib/assert.ts";

export type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
};

/** Values of our own for fields by name: ids that are there, files that can be read. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** As long as a hash in hexadecimal figures. */
const MOST_CHARACTERS = 64;
const MOST_MATCHED = 100;

export function validValue(schema: Schema, known: Known = {}, field = ""): fc.Arbitrary<unknown> {
  const drawn = drawValue(schema, known);
  const ours = known[field];
  return ours === undefined
    ? drawn
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ours) }, { weight: 1, arbitrary: drawn });
}

function drawValue(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => drawValue(one, known)));
  if (schema.allOf) return drawValue(must(schema.allOf[0], "allOf has a part"), known);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type: string) => drawValue({ ...schema, type }, known)));
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({
        min: schema.minimum ?? (schema.exclusiveMinimum ?? -1001) + 1,
        max: Math.min(schema.maximum ?? 100_000, 2_147_483_647),
      });
    case "number":
      return fc.oneof(
        fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true }),
        fc.constant(schema.minimum ?? 0),
      );
    case "string":
      return text(schema);
    case "array":
      return fc.array(validValue(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case "object":
      return object(schema, known);
    case undefined:
      return fc.jsonValue({ maxDepth: 2 });
    default:
      throw new Error(`test/setup/schema-values.ts does not know the type ${String(schema.type)}`);
  }
}

function object(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const model = Object.fromEntries(properties.map(([name, one]) => [name, validValue(one, known, name)]));
  const required = properties.map(([name]) => name).filter((name) => schema.required?.includes(name));
  if (properties.length === 0 && schema.propertyNames?.enum && typeof schema.additionalProperties === "object") {
    const key = fc.constantFrom(...(schema.propertyNames.enum as string[]));
    return fc.dictionary(key, drawValue(schema.additionalProperties, known), { maxKeys: 4 });
  }
  return fc.record(model, { requiredKeys: required });
}

function text(schema: Schema): fc.Arbitrary<string> {
  const limits = {
    minLength: schema.minLength ?? 0,
    maxLength: Math.min(schema.maxLength ?? MOST_CHARACTERS, MOST_CHARACTERS),
  };
  const pattern = schema.pattern;
  if (pattern === undefined) return fc.oneof(fc.string(limits), fc.string({ ...limits, unit: "grapheme" }));
  if (pattern.includes("\\p{")) {
    const fits = new RegExp(pattern, "u");
    return fc
      .string({ ...limits, minLength: Math.max(1, limits.minLength), unit: "grapheme" })
      .filter((drawn) => fits.test(drawn) && drawn.trim() !== "");
  }
  // A pattern may need more letters than words are given: a hash has 64, and a head its block's number before that.
  return fc.stringMatching(new RegExp(pattern), {
    maxLength: Math.min(schema.maxLength ?? MOST_MATCHED, MOST_MATCHED),
  });
}

/** What no field should take, or should take only as it is: never a reason to fall over. */
const ODD: readonly unknown[] = [
  null,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "'; drop table pot; --",
  "=1+1",
  "٣",
  "‮abc",
  "💷".repeat(300),
  "x".repeat(5_000),
  "2013-02-30",
  "0000-00-00",
  "9999-12-31",
  "99999999999999999999",
  "-1",
  "0",
  "1e5",
  -1,
  0,
  1e308,
  true,
  [],
  [[]],
  {},
  { __proto__: null, constructor: 1 },
  "00000000-0000-0000-0000-000000000000",
];

/** A valid object with one field made odd, left out or added. */
export function faultyObject(schema: Schema, known: Known = {}): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(schema.properties ?? {});
  const valid = validValue(schema, known) as fc.Arbitrary<Record<string, unknown>>;
  const field = names.length === 0 ? fc.constant("unknown_field") : fc.constantFrom(...names);
  const odd = fc.oneof(fc.constantFrom(...ODD), fc.jsonValue({ maxDepth: 1 }));
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(valid, field, odd).map(([value, name, wrong]) => ({ ...value, [name]: wrong })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(valid, field)
        .map(([value, name]) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))),
    },
  );
}
