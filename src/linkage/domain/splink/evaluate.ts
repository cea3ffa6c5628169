/**
 * Conditions of a Splink model asked of two records of a table. What depends on one column of one record is worked out once for each of
 * its distinct values, and what depends on one column of each once for each two values that meet, as long as they are remembered.
 */
import { type Column, MISSING_CODE } from "../table/records.ts";
import { columnsOf, type Expression, NotRead, type Side } from "./expressions.ts";
import { FUNCTIONS, SAME, type Value } from "./functions.ts";

/** The columns of a table by heading; NotRead is thrown for one that it lacks. */
export type ColumnOf = (name: string) => Column;

/** The value of an expression for two records; null where SQL says NULL. */
export type Asked = (left: number, right: number) => Value;

export function compile(expression: Expression, columnOf: ColumnOf): Asked {
  const asked = compiled(expression, columnOf);
  const columns = columnsOf(expression);
  const names = (side: Side) => [...new Set(columns.filter((one) => one.side === side).map(({ name }) => name))];
  const [ofLeft, ofRight] = [names("l"), names("r")];
  if (expression.kind === "column" || expression.kind === "value") return asked;
  if (ofLeft.length === 1 && ofRight.length === 0)
    return oncePerValue(asked, { column: columnOf(ofLeft[0] as string), side: "l" });
  if (ofLeft.length === 0 && ofRight.length === 1)
    return oncePerValue(asked, { column: columnOf(ofRight[0] as string), side: "r" });
  if (ofLeft.length === 1 && ofRight.length === 1 && expression.kind === "call")
    return remembered(asked, [columnOf(ofLeft[0] as string), columnOf(ofRight[0] as string)]);
  return asked;
}

function compiled(expression: Expression, columnOf: ColumnOf): Asked {
  switch (expression.kind) {
    case "value":
      return () => expression.value;
    case "column": {
      const { codes, values } = columnOf(expression.name);
      const textAt = (record: number): Value => {
        const code = codes[record] as number;
        return code === MISSING_CODE ? null : (values[code] as string);
      };
      return expression.side === "l" ? (left) => textAt(left) : (_, right) => textAt(right);
    }
    case "call":
      return calling(expression, columnOf);
    case "missing":
    case "not": {
      const [of] = expression.of.map((one) => compile(one, columnOf));
      if (of === undefined) throw new NotRead("nothing stands after NOT");
      if (expression.kind === "missing") return (left, right) => of(left, right) === null;
      return (left, right) => {
        const found = of(left, right);
        return found === null ? null : found !== true;
      };
    }
    default:
      return logic(
        expression.of.map((one) => compile(one, columnOf)),
        expression.kind === "any",
      );
  }
}

/** AND and OR of three values: what decides by itself does so beside a missing one. */
function logic(of: readonly Asked[], decides: boolean): Asked {
  return (left, right) => {
    let missing = false;
    for (const one of of) {
      const found = one(left, right);
      if (found === decides) return decides;
      if (found === null) missing = true;
    }
    return missing ? null : !decides;
  };
}

function calling({ name, of }: Extract<Expression, { kind: "call" }>, columnOf: ColumnOf): Asked {
  const given = of.map((one) => compile(one, columnOf));
  if (name === "nullif" && given.length === 2) return nullIf(given);
  if (name === "coalesce" || name === "ifnull") return firstOf(given);
  const known = FUNCTIONS[SAME[name] ?? name];
  if (known === undefined) throw new NotRead(`the function ${name} is not known`);
  const [least, most] = known.takes;
  if (given.length < least || given.length > most) throw new NotRead(`${name} is given ${given.length} values`);
  const { make } = known;
  return (left, right) => {
    const values = given.map((one) => one(left, right));
    return values.includes(null) ? null : make(values);
  };
}

function nullIf([one, other]: readonly Asked[]): Asked {
  return (left, right) => {
    const found = one?.(left, right) ?? null;
    return found === (other?.(left, right) ?? null) ? null : found;
  };
}

function firstOf(of: readonly Asked[]): Asked {
  return (left, right) => {
    for (const one of of) {
      const found = one(left, right);
      if (found !== null) return found;
    }
    return null;
  };
}

function oncePerValue(asked: Asked, { column, side }: { readonly column: Column; readonly side: Side }): Asked {
  const { codes, values } = column;
  const known: Value[] = new Array(values.length);
  const seen = new Uint8Array(values.length);
  return (left, right) => {
    const code = codes[side === "l" ? left : right] as number;
    if (code === MISSING_CODE) return asked(left, right);
    if (seen[code] === 0) {
      known[code] = asked(left, right);
      seen[code] = 1;
    }
    return known[code] as Value;
  };
}

/** Newer answers take the place of older ones. */
const SLOTS = 1 << 16;

function remembered(asked: Asked, [ofLeft, ofRight]: readonly [Column, Column]): Asked {
  const lefts = new Int32Array(SLOTS).fill(-2);
  const rights = new Int32Array(SLOTS);
  const known: Value[] = new Array(SLOTS);
  return (left, right) => {
    const [a, b] = [ofLeft.codes[left] as number, ofRight.codes[right] as number];
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    const slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    if (lefts[slot] === a && rights[slot] === b) return known[slot] as Value;
    const found = asked(left, right);
    [lefts[slot], rights[slot], known[slot]] = [a, b, found];
    return found;
  };
}
