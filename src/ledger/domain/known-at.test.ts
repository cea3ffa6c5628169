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
  2013-03-29T23:59:59         | local   | 2013-03-29T23:59:59
  2013-03-29T19:05-11:30      | instant | 2013-03-29T19:05-11:30
  2013-03-29T10:15+14:00      | instant | 2013-03-29T10:15+14:00
  999999999999999             | block   | 999999999999999
  1000000000000000            | null    |
  2013-02-29                  | null    |
  2013-02-29T10:15            | null    |
  2013-03-29T10:15:60         | null    |
  2013-03-29T10:15:00.1234567 | null    |
  2013-03-29T10:15+15:00      | null    |
  2013-03-29T10:15+01:60      | null    |
  2013-03-29T10:15Zulu        | null    |
  2013-03-29 T10:15Z          | null    |
  2013-03-29TT10:15Z          | null    |
  at 2013-03-29T10:15Z        | null    |
  block 12                    | null    |
  12th                        | null    |
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
