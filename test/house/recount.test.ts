/** The command that a result's page prints counts by exactly the parameters of that result. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { readElection } from "../../src/allocation/index.ts";
import { faultOfChoice, parametersOf, plainChoice } from "../../src/decisions/choice.ts";
import { anyChoice, SMALL } from "../../src/decisions/elections.fixture.ts";
import { must } from "../../src/lib/assert.ts";
import { readAsked } from "../../src/main/ballot/asked.ts";
import { recountCommand } from "../../src/web/pages/elections/recount.ts";

const text = SMALL.replace("budget;100", "budget;100\nmin_project_score_threshold;3");
const election = must(readElection(Buffer.from(text)).election, "it can be read");

/** As a shell cuts a line into words. */
function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped),
  );
}

it("whatever was chosen, and whatever the file is called", () => {
  fc.assert(
    fc.property(anyChoice, fc.stringMatching(/^[-a-zŵ][-a-z '"$ŵ]{0,12}\.pb$/u), (choice, name) => {
      fc.pre(faultOfChoice(choice) === null);
      const [program, subject, verb, ...words] = shellWords(recountCommand({ name }, plainChoice(choice)));
      expect([program, subject, verb]).toEqual(["bin/onepot", "ballot", "count"]);
      const asked = readAsked(words);
      if (typeof asked === "string") throw new Error(asked);
      expect(asked.path.replace(/^\.\//, "")).toBe(name);
      expect(asked.parametersFor(election)).toEqual(parametersOf(election, choice));
    }),
  );
});
