/** The numbers of a list's pages, addresses, where a record's own page is, and what is left of a job. */
import { describe, expect, it } from "vitest";
import { pagesModel, recordHref, withQuery } from "./frame.ts";
import { leftOf } from "./jobs-pages.ts";

const ID = "018f3a52-0000-7000-8000-000000000001";

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()));

const pages = `
  1  | 10  | 1               | 1 to 10
  1  | 26  | 1 2             | 1 to 25
  2  | 26  | 1 2             | 26 to 26
  6  | 300 | 1 … 5 6 7 … 12  | 126 to 150
  12 | 300 | 1 … 11 12       | 276 to 300
`;

describe("the pages of a list", () => {
  it.each(lines(pages))("page %s of %s rows: %s", (page = "", total = "", numbers, range) => {
    const count = Number(total);
    const listed = { page: Number(page), total: count, pages: Math.ceil(count / 25) };
    const model = pagesModel(listed, (number) => `/list?page=${number}`);
    expect(model.hrefs.map((one) => ("number" in one ? String(one.number) : "…")).join(" ")).toBe(numbers);
    expect(`${model.from} to ${model.to}`).toBe(range);
    expect(model.beyond).toBe(false);
  });

  it("knows a page beyond the last", () => {
    const model = pagesModel({ page: 9, pages: 2, total: 30 }, String);
    expect(model.beyond).toBe(true);
    expect(model).not.toHaveProperty("nextHref");
    expect(model).not.toHaveProperty("previousHref");
  });

  it("leaves what is empty out of an address", () => {
    expect(withQuery("/list", { state: "", page: 1, words: null })).toBe("/list");
    expect(withQuery("/list", { state: "done", page: 2 })).toBe("/list?state=done&page=2");
  });
});

const records = `
  stream     |      | /places/salford/streams/${ID}
  pot        | mine | /places/salford/pots/mine
  service    |      | /places/salford/services/${ID}
  partner    |      | /places/salford/partners#${ID}
  area       | eccles | /places/eccles
  spend_file |      | /places/salford/spending/files/${ID}
  payment    |      | /places/salford/trace/${ID}
`;

describe("a record's page", () => {
  it.each(lines(records))("of the kind %s", (kind = "", slug = "", href) => {
    expect(recordHref("salford", { kind, id: ID, slug: slug === "" ? null : slug })).toBe(href);
  });

  it("of a published line is by its file and row", () => {
    expect(recordHref("salford", { kind: "spend_line", id: `${ID}.7`, slug: null })).toBe(
      `/places/salford/spending/lines/${ID}/7`,
    );
  });
});

const left = `
  10  | 0    | 1000 |
  10  | 10   | 1000 |
  30  | 500  | 1000 | Less than a minute left
  600 | 500  | 1000 | About 10 minutes left
  600 | 20   | 1000 | More than an hour left
  30  | 1000 | 1000 | Less than a minute left
`;

describe("what is left of a job", () => {
  it.each(lines(left))("after %s seconds, %s of %s", (seconds, done = "", total = "", words) => {
    const now = new Date("2013-03-29T12:00:00Z");
    const startedAt = new Date(now.getTime() - Number(seconds) * 1000);
    expect(leftOf({ state: "running", startedAt, done: BigInt(done), total: BigInt(total) }, now)).toBe(words);
  });
});
