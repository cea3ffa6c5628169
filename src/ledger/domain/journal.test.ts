/** What makes a journal fit, as lines of text. */
import { expect, it } from "vitest";
import { faultOfJournal } from "./journal.ts";

// Lines are account, stream and pence; "-" is an account of no stream.
const RULES = `
  a S 100, b S -100                      | fits
  a S 100, b S -99                       | unbalanced 1
  a S 100, b T -100                      | streams_mixed S 100
  a S 100, b S -100, c T 5, d T -5       | fits
  a S 100, b S -60, c T -40              | streams_mixed S 40
  a S 100, b - -100                      | streams_mixed  -100
  a - 7, b - -7                          | fits
`;

it.each(
  RULES.trim()
    .split("\n")
    .map((row) => row.split("|").map((part) => part.trim())),
)("%s: %s", (lines = "", expected = "") => {
  const fault = faultOfJournal(
    lines.split(", ").map((line) => {
      const [accountId = "", stream, pence = "0"] = line.split(" ");
      return { accountId, streamId: stream === "-" ? null : (stream ?? null), amountPence: BigInt(pence) };
    }),
  );
  const words =
    fault === null
      ? "fits"
      : fault.code === "unbalanced"
        ? `unbalanced ${fault.sumPence}`
        : `${fault.code} ${fault.streamId} ${fault.sumPence}`;
  expect(words).toBe(expected);
});
