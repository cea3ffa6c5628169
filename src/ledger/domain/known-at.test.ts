/** What can be asked of "as known at". */
import { expect, it } from "vitest";
import { parseKnownAt } from "./known-at.ts";

const cases = `
  12                          | block   | 12
  2013-03-29T10:15:00Z        | instant | 2013-03-29T10:15:00Z
  2013-03-29T10:15:00.123456Z | instant | 2013-03-29T10:15:00.123456Z
  2013-03-29T10:15+01:00      | instant | 2013-03-29T10:15+01:00
  2013-03-29T10:15            | local   | 2013-03-29T10:15
  2013-03-29                  | local   | 2013-03-29T23:59:59.999999
  2013-02-29                  | null    |
  2013-03-29T24:00Z           | null    |
  2013-03-29T10:60            | null    |
  2013-03-29 10:15            | null    |
  2013-03-29T10:15+99:00      | null    |
  -1                          | null    |
  yesterday                   | null    |
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)("%s is %s %s", (text = "", kind = "", read = "") => {
  const found = parseKnownAt(text);
  const shown = found === null ? ["null", ""] : [found.kind, found.kind === "block" ? String(found.block) : found.text];
  expect(shown).toEqual([kind, read]);
});
