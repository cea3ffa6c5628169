/** The page of a run's report, rendered whole from a real run on made-up families: what it says, and that it says it of every figure. */
import { HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, it } from "vitest";
import type { GroupFacts, RunReport } from "../../../linkage/index.ts";
import { checkPicture } from "../../charts/picture.fixture.ts";
import { linkFamilies, reportOf } from "./report.fixture.ts";
import { bitsOf, oddsTicks, shareSaid } from "./report-axes.ts";
import { groupCharts, worstSaid } from "./report-groups.ts";
import { emptiest, ruleSaid, unlinkableShare } from "./report-pairs.ts";
import { renderReport } from "./report-rendered.fixture.ts";
import { sharesChart, untrained, weightsChart } from "./report-weights.ts";

let report: RunReport;
let html: string;
/** The words of the page, without its marks and pictures. */
let words: string;

beforeAll(() => {
  report = reportOf(linkFamilies(200));
  html = renderReport(report);
  words = html
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}, 30_000);

const number = (value: number) => value.toLocaleString("en-GB");

describe("the page", () => {
  it("opens with what came of the run", () => {
    expect(words).toContain(
      `${number(report.records)} records from 7 files are ${number(report.people)} people in ${number(report.households)} households.`,
    );
    expect(words).toContain(`${shareSaid(report.blockingRecall)} are estimated to have been compared`);
    expect(words).toContain(`${number(report.reviewLoad)} pairs wait for a reader.`);
    expect(words).toContain("Salford families, information-sharing agreement of 2012");
  });

  it("has every picture twice, each whole, and no word missing", () => {
    const pictures = [...html.matchAll(/<svg xmlns[\s\S]*?<\/svg>/g)].map(([svg]) => svg);
    expect(pictures.length).toBeGreaterThanOrEqual(16);
    expect(pictures.length % 2).toBe(0);
    for (const svg of pictures) checkPicture(svg);
    expect(words).not.toMatch(/\bundefined\b|\[object |\bNaN\b|\bnull\b|Infinity|\{\{/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says of each picture what to do, and where the method comes from", () => {
    expect(words.match(/What to do\./g)?.length).toBeGreaterThanOrEqual(6);
    expect(words).toContain("A Theory for Record Linkage");
    expect(words).toContain("No pair of this run has been read yet.");
  });

  it("says how many ties were recorded and worked out, and what was left out and why", () => {
    expect(words).toMatch(/Parent or guardian, and child 120 0 Partners 41 0 Brothers and sisters 0 63/);
    expect(words).toContain("2 relations make somebody a parent who is less than 12 years older");
    expect(words).toContain("3 relatives are named by a reference that no record of the register has");
    expect(words).toContain(
      "1 person is recorded with more relatives than a family has, or than a run can take in all. None of these relations is taken",
    );
    const none = { kinds: [], contradictions: [], crowdedPeople: 0, crowdedHomes: 0, unknownReferences: 0 };
    expect(renderReport({ ...report, ties: none })).toContain("No register that was sent says who is related to whom");
  });

  it("says that read pairs are the hard ones, once there are any", () => {
    const read = [0, 0.5, 1].map((threshold) => ({ threshold, precision: 0.8, recall: 0.7, pairs: 40 }));
    expect(renderReport(report, read)).toContain("Read pairs are the hard ones");
  });

  it("is valid HTML", async () => {
    const { results } = await new HtmlValidate({ extends: ["html-validate:standard"] }).validateString(html);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, line }) => `${ruleId} ${line}`))).toEqual([]);
  });
});

describe("a run of few records", () => {
  it("in which every two were compared, and of which little is known, says so and draws nothing", () => {
    const few = { ...report, rules: [], groups: [], histogram: [], unlinkables: [], comparisons: [], completeness: [] };
    const page = renderReport({ ...few, blockingRecall: 1, reviewLoad: 0, pairsParted: 1 });
    expect(page).not.toContain("<svg xmlns");
    expect(page).not.toMatch(/\bundefined\b|NaN|Infinity/);
    expect(page).toContain("Every two records were compared, so none was left out unseen.");
    expect(page).toContain("No pair waits for a reader.");
    expect(page).toContain("1 pair is likely by itself and was kept apart");
    expect(page).toContain("The files say nothing by which records could be grouped.");
  });
});

describe("its tables", () => {
  it("have every level, also those that are not drawn", () => {
    const levels = report.comparisons.reduce((sum, { levels }) => sum + levels.length, 0);
    expect(weightsChart(report, "en").table.rows).toHaveLength(levels);
    expect(sharesChart(report, "en").table.rows).toHaveLength(levels);
    expect(weightsChart(report, "en").notes.join(" ")).toContain(
      "levels of name that were seldom or never seen in training are not drawn",
    );
    expect(untrained(report)).toBeGreaterThan(0);
  });
});

const GROUP: GroupFacts = {
  ...{ grouping: "moved", group: "moved", records: 40, links: 50, missedShare: 0.2, wrongShare: 0.04 },
};

describe("groups", () => {
  const stayed = { ...GROUP, group: "stayed", records: 400, links: 600, missedShare: 0.05, wrongShare: 0.01 };

  it("say who is served worse, beside whom", () => {
    expect(worstSaid({ groups: [GROUP, stayed] })).toBe(
      "Of the matches of people who moved, 20 in 100 are expected to be missed; of people who did not move, 5.",
    );
    expect(worstSaid({ groups: [{ ...GROUP, missedShare: 0.06 }, stayed] })).toContain(
      "No group of 10 records or more",
    );
  });

  it("have how many stand behind each share: of 50 links 48 are right, and 12 beside them are missed", () => {
    const [chart] = groupCharts({ groups: [GROUP, stayed] }, "en");
    expect(chart?.table.rows[0]).toEqual(["Moved", "40", "20", "12", "50", "4", "2"]);
  });

  it("of fewer than 10 records are neither drawn nor told", () => {
    const few = { ...GROUP, records: 9, missedShare: 0.77 };
    const [chart] = groupCharts({ groups: [few, stayed] }, "en");
    expect(JSON.stringify(chart)).not.toContain("77");
    expect(chart?.table.rows[0]?.slice(0, 2)).toEqual(["Moved", "fewer than 10 records: not shown"]);
    expect(worstSaid({ groups: [few, stayed] })).toContain("No group of 10 records or more");
  });
});

it("figures are said as they are: shares never rounded to all or nothing, odds by thousands", () => {
  expect([0, 0.0001, 0.004, 0.5, 0.996, 0.9999, 1].map(shareSaid)).toEqual([
    ...["0%", "under 0.1%", "0.4%", "50%", "99.6%", "over 99.9%", "100%"],
  ]);
  expect(bitsOf(0.5)).toBe(0);
  expect(bitsOf(0.9)).toBeCloseTo(Math.log2(9), 9);
  expect(oddsTicks({ from: -12, to: 12 }).wide.map(({ text }) => text)).toEqual(["1 in 1,000", "even", "1,000 to 1"]);
  expect(ruleSaid("forename and date_of_birth: year and postcode: whole")).toBe(
    "Forename, date of birth (year), postcode",
  );
});

it("the emptiest column is that of a file which has it, and unlinkable is read at the run's own threshold", () => {
  const files = ["police", "school"].map((name) => ({ name, records: 10, nobodyTwice: false }));
  const completeness = [
    { column: "phone", filled: [0.6, null] },
    { column: "postcode", filled: [0.9, 0.5] },
  ];
  expect(emptiest({ files, completeness })).toEqual({ column: "postcode", file: "school", share: 0.5 });
  const unlinkables = [-1, 0, 1].map((bits) => ({ bits, share: 0.1 + bits / 20 }));
  expect(unlinkableShare({ unlinkables, threshold: 0.5 })).toBe(0.1);
});
