/** The numbers beside the streams of a stated order: read into an order, or refused with the streams named. */
import { expect, it } from "vitest";
import type { InputFault } from "../../../../platform/use-case/index.ts";
import { ruleWords } from "../words-rules.ts";
import { rankStreams } from "./draw-order.ts";

/** What is typed beside the streams Ash, Beech and Cedar ("-" is nothing): their order, or each fault and its words. */
const cases = `
  - - -  |
  1 2 3  | ash beech cedar
  3 1 2  | beech cedar ash
  - - 1  | cedar
  2 - 1  | cedar ash
  0 - -  | place-ash: The place of Ash must be a whole number from 1 to 3
  - 4 1  | place-beech: The place of Beech must be a whole number from 1 to 3
  - x -1 | place-beech: The place of Beech must be a whole number from 1 to 3; place-cedar: The place of Cedar must be a whole number from 1 to 3
  1.5 1 - | place-ash: The place of Ash must be a whole number from 1 to 3
  2 2 1  | place-beech: Ash and Beech both have place 2. Give each a place of its own
  1 1 1  | place-beech: Ash and Beech both have place 1. Give each a place of its own; place-cedar: Ash and Cedar both have place 1. Give each a place of its own
  - 2 -  | place-beech: No stream has place 1, but Beech has place 2. Number them 1, 2, 3 without a gap
  1 - 3  | place-cedar: No stream has place 2, but Cedar has place 3. Number them 1, 2, 3 without a gap
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((part) => part.trim()));

it.each(cases)("%s", (typed = "", wanted = "") => {
  const places = typed.split(/\s+/).map((place) => (place === "-" ? "" : place));
  const placed = ["Ash", "Beech", "Cedar"].map((stream, index) => ({
    streamId: stream.toLowerCase(),
    stream,
    place: places[index] ?? "",
  }));
  const ranked = rankStreams(placed, ruleWords("en"));
  const faults = ranked.ok ? [] : (ranked.refusal["faults"] as readonly InputFault[]);
  const said = ranked.ok ? ranked.value.join(" ") : faults.map((one) => `${one.field}: ${one.message}`).join("; ");
  expect(said).toBe(wanted);
});
