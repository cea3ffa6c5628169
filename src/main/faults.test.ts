/** Errors as PostgreSQL, the system and our own code throw them, and the sentence that people get. */
import { describe, expect, it } from "vitest";
import { explainSurroundings, explainUnexpected, presentForLog } from "./faults.ts";

const cases = `
  53100 could not extend file        | The disk of the database is full
  25006 cannot execute INSERT        | The database takes no changes
  57P01 terminating connection       | The database stopped answering
  -     Connection terminated unexpectedly | The database stopped answering
  ENOSPC write                       | The disk is full, so /some/file could not be written
  EACCES open                        | This user may not use /some/file
  23505 duplicate key                | -
  -     is not a function            | -
`;

const rows = cases
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((part) => part.trim()) as [string, string]);

function errorOf(thrown: string): Error {
  const [code = "", ...message] = thrown.split(" ");
  const error = new Error(message.join(" ").trim());
  return Object.assign(error, { path: "/some/file" }, code !== "-" && { code });
}

describe("what goes wrong around us", () => {
  it.each(rows)("%s", (thrown, sentence) => {
    const error = new Error("what was being done", { cause: errorOf(thrown) });
    const said = explainSurroundings(error);
    const { stack } = presentForLog(error) as { readonly stack?: string };
    if (sentence === "-") {
      expect(said).toBeNull();
      expect(stack).toContain("faults.test.ts");
      expect(explainUnexpected(error, undefined).join()).toMatch(/^Something went wrong in Onepot itself \(reference/);
      return;
    }
    expect(said).toMatch(/^[A-Z][^\n]*\.$/);
    expect(said).toContain(sentence);
    expect(stack).toBeUndefined();
    expect(explainUnexpected(error, "debug")).toEqual([said]);
  });
});
