/**
 * The three doors side by side at one town: a finance officer at a browser without JavaScript, a key of the town's partner
 * at the API, and the same officer on the command line, carried out in this process.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../src/cli/index.ts";
import { makeKey } from "../../src/identity/index.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { type Doors, type Fields, openDoors, type Visitor } from "./doors.ts";
import { openTestHouse, type TestHouse } from "./house.ts";
import { makeSignIn, signIn } from "./people.ts";
import { openTown, type Town } from "./town.ts";

type Answer = Readonly<Record<string, unknown>>;

export type ThreeDoors = {
  readonly test: TestHouse;
  readonly doors: Doors;
  readonly town: Town;
  readonly visitor: Visitor;
  /** The address of a page of the town. */
  readonly at: (path: string) => string;
  /** A record of the town by the name of the field that holds it. */
  readonly id: (name: string) => string;
  /** GET without a body, POST with one; throws what is not answered with 200. */
  readonly api: (path: string, body?: object) => Promise<Answer>;
  /** Words, and the input as a file where it is given. */
  readonly command: (words: readonly string[], input?: object) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

export async function openThreeDoors(): Promise<ThreeDoors> {
  const test = await openTestHouse();
  const doors = await openDoors(test);
  const town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId: town.placeId });
  const folder = await mkdtemp(join(tmpdir(), "onepot three doors "));
  const id = (name: string): string => town.ids[name] ?? "";
  return {
    test,
    doors,
    town,
    visitor: await signIn(doors, email),
    at: (path) => `/places/salford/${path}`,
    id,
    api: await openApi({ test, doors, town }),
    command: openCommand({ test, town, folder }),
    close: async () => {
      await doors.close();
      await test.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Opening = { readonly test: TestHouse; readonly doors: Doors; readonly town: Town };

async function openApi({ test, doors, town }: Opening): Promise<ThreeDoors["api"]> {
  const input = {
    partnerId: town.ids["partnerId"] ?? "",
    name: "Finance system",
    scopes: ["money:read" as const, "money:write" as const],
    expiresOn: addDays(londonDay(new Date()), 30),
  };
  const made = test.value(await test.ask(makeKey, { by: town.people.administrator, place: "salford", input }));
  const headers = { authorization: `Bearer ${made.key}` };
  return async (path, body) => {
    const url = `/api/v1/places/salford/${path}`;
    const answer = await doors.app.inject(
      body === undefined ? { method: "GET", url, headers } : { method: "POST", url, headers, payload: body },
    );
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
    return answer.json();
  };
}

type Running = { readonly test: TestHouse; readonly town: Town; readonly folder: string };

function openCommand({ test, town, folder }: Running): ThreeDoors["command"] {
  return async (words, input) => {
    const said: string[] = [];
    const output = { out: (text: string) => said.push(text), error: (text: string) => said.push(text) };
    const file = join(folder, "input.json");
    if (input !== undefined) await writeFile(file, JSON.stringify(input));
    const code = await runCommandLine(
      {
        useCases,
        commands: [],
        output: { out: (text) => void output.out(text), error: (text) => void output.error(text) },
        withHouse: (work) => work(test.house),
        credential: async () => town.people.finance_officer,
        listPlaces: async () => ["salford"],
      },
      [...words, "--place", "salford", "--json", ...(input === undefined ? [] : ["--input", file])],
    );
    if (code !== 0) throw new Error(`onepot ${words.join(" ")}: ${code} ${said.join("\n")}`);
    return JSON.parse(said.join(""));
  };
}

export function textOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

/** What a page holds in its hidden fields and boxes: a browser sends it all again. */
export function heldIn(html: string): Record<string, string> {
  const held: Record<string, string> = {};
  for (const [input = ""] of html.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]+)"/.exec(input)?.[1] ?? "";
    if (name !== "" && name !== "_csrf" && !/type="(checkbox|radio)"/.test(input))
      held[name] = /\svalue="([^"]*)"/.exec(input)?.[1] ?? "";
  }
  for (const [, name = "", options = ""] of html.matchAll(/<select[^>]*\sname="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    held[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? "";
  for (const [input = ""] of html.matchAll(/<input[^>]*type="radio"[^>]*\schecked[^>]*>/g))
    held[/\sname="([^"]+)"/.exec(input)?.[1] ?? ""] = /\svalue="([^"]*)"/.exec(input)?.[1] ?? "";
  return held;
}

/** The controls at fault, by the links of the error summary. */
export function faultsIn(html: string): readonly string[] {
  const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? "";
  return [...summary.matchAll(/href="#([^"]+)"/g)].map(([, name = ""]) => name);
}

export type { Fields };
