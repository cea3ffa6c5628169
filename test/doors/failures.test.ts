/**
 * A statement of the database fails while a page or the API answers (R4 at the doors): the answer says that it failed,
 * with a code and a reference, and shows neither a stack nor a statement.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOf } from "../../src/api/index.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { OutcomeUnknown } from "../../src/platform/database/index.ts";
import { addressOf } from "../setup/addresses.ts";
import { type Doors, isPage, openDoors, openVisitor, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { realInput } from "../setup/real-input.ts";
import { openTown, type Town } from "../setup/town.ts";

const SECRET = "planted-failure-in-select";
const fault = { at: 0, seen: 0, met: 0, commits: 0, loseCommit: 0, begun: 0, text: "" };
const TOLD = /planted-failure|\n\s+at |node_modules|select |insert into|\.ts:\d+/;

let test: TestHouse;
let doors: Doors;
let town: Town;
let visitor: Visitor;

beforeAll(async () => {
  test = await openTestHouse({
    beforeStatement: (text) => {
      fault.seen += 1;
      if (text === "begin") fault.begun += 1;
      if (text === "commit") fault.commits += 1;
      if (text === "commit" && fault.commits === fault.loseCommit) throw new OutcomeUnknown("planted");
      if (fault.seen !== fault.at && (fault.text === "" || !text.startsWith(fault.text))) return;
      fault.met += 1;
      throw new Error(SECRET);
    },
  });
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const { email } = await makeSignIn(test, { role: "administrator", placeId: town.placeId });
  visitor = await signIn(doors, email);
}, 60_000);

afterAll(async () => {
  fault.at = 0;
  await doors?.close();
  await test?.close();
});

async function withFault<T>(
  statement: number,
  work: () => Promise<T>,
): Promise<{ readonly met: boolean; readonly answer: T }> {
  Object.assign(fault, { at: statement, seen: 0, met: 0 });
  try {
    const answer = await work();
    return { met: fault.met > 0, answer };
  } finally {
    fault.at = 0;
  }
}

const STATEMENTS = [1, 2, 3, 5, 8, 13];

describe("the API", () => {
  const routed = useCases.filter((useCase) => useCase.route);
  it.each(routed.map((useCase) => ({ name: useCase.name, useCase })))("$name", async ({ useCase }) => {
    const post = useCase.route?.method === "post";
    const url = addressOf({ path: `/api/v1${pathOf(useCase)}` }, town);
    const headers = { authorization: `Bearer ${town.key}`, "content-type": "application/json" };
    let met = 0;
    for (const statement of STATEMENTS) {
      const sent = post ? { payload: JSON.stringify(realInput(useCase, town)) } : {};
      const { answer, met: failed } = await withFault(statement, () =>
        doors.app.inject({ method: post ? "POST" : "GET", url, headers, ...sent }),
      );
      if (!failed) break;
      met += 1;
      expect({ statement, body: answer.body }).toEqual({ statement, body: expect.not.stringMatching(TOLD) });
      // Some failures are none for the reader, such as noting when a key was last used.
      if (answer.statusCode < 500) continue;
      expect(answer.json()).toEqual({
        code: "failed",
        message: expect.stringContaining(answer.json().errorId),
        errorId: expect.stringMatching(/^[0-9a-f]{8}$/),
      });
    }
    expect(met).toBeGreaterThan(1);
  });
});

describe("pages", () => {
  it("answer a page with a reference", async () => {
    const faults: string[] = [];
    for (const route of doors.routes.filter(
      (one) => one.method === "GET" && isPage(one) && one.path.includes(":place"),
    )) {
      const url = addressOf(route, town);
      for (const statement of [2, 5, 9]) {
        const { answer, met } = await withFault(statement, () => visitor.get(url));
        if (!met) break;
        if (TOLD.test(answer.body)) faults.push(`${url}, statement ${statement}: shows ${TOLD.exec(answer.body)?.[0]}`);
        if (answer.statusCode < 500) continue;
        const text = answer.body.replaceAll(/<[^>]+>/g, " ");
        if (!/went wrong/.test(text))
          faults.push(`${url}, statement ${statement}: no words: ${answer.body.slice(0, 80)}`);
        if (!/\b[0-9a-f]{8}\b/.test(text)) faults.push(`${url}, statement ${statement}: no reference`);
      }
    }
    expect(faults.slice(0, 10)).toEqual([]);
  });
});

it.each(["csv", "xlsx"])(
  "the ledger's file as %s that fails after its rows is no file, and never one that is short",
  async (format) => {
    const url = `/places/${town.slug}/ledger?format=${format}`;
    const whole = await visitor.get(url);
    expect([whole.statusCode, whole.headers["content-disposition"]]).toEqual([200, expect.stringContaining(format)]);
    Object.assign(fault, { text: "close rows_in_hand", met: 0 });
    const broken = await visitor.get(url);
    fault.text = "";
    expect({ met: fault.met, status: broken.statusCode, file: broken.headers["content-disposition"] }).toEqual({
      met: 1,
      status: 500,
      file: undefined,
    });
    expect(broken.headers["content-type"]).toMatch("text/html");
  },
);

it("a page is read once, even where the answer to the end of its reading is lost", async () => {
  // The place is looked for, then read.
  Object.assign(fault, { commits: 0, loseCommit: 2, begun: 0 });
  const answer = await openVisitor(doors.app, "10.9.0.1").get("/places/salford");
  // The page is sent before its reading ends: what came after that is seen a little later.
  await new Promise((resolve) => setTimeout(resolve, 300));
  fault.loseCommit = 0;
  expect({ status: answer.statusCode, begun: fault.begun, commits: fault.commits }).toEqual({
    status: 200,
    begun: 2,
    commits: 2,
  });
});
