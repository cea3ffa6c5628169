/**
 * Visitors of the pages on which anyone counts an election, without scripts: each with an address of their own, files to send, and the
 * work of the jobs done when a test says so.
 */

import { SMALL } from "../../src/decisions/elections.fixture.ts";
import { electionWorkJob, publishElection, type Step, type Task } from "../../src/decisions/index.ts";
import { carryOutTask } from "../../src/decisions/task.ts";
import { sql } from "../../src/platform/database/index.ts";
import { runJob, type Threads } from "../../src/platform/jobs/index.ts";
import { type Doors, openDoors, openVisitor, type Visitor } from "./doors.ts";
import { openTestHouse, type TestHouse } from "./house.ts";

/** The same work as a thread's, without the second that one takes to start from sources. */
const here: Threads<Task, Step> = { carryOut: async (task) => carryOutTask(task, () => undefined) };

export type ElectionVisitor = Visitor & { readonly from: string };
export type Sent = { readonly field: string; readonly name: string; readonly bytes: Buffer };
export type Upload = Sent & { readonly url: string };
type Form = {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly Sent[];
};
type Answer = Awaited<ReturnType<Visitor["get"]>>;

export type ElectionVisits = {
  readonly test: TestHouse;
  readonly doors: Doors;
  /** Each with an address of their own, so that their limits are their own. */
  readonly visit: () => ElectionVisitor;
  readonly upload: (visitor: ElectionVisitor, file: Upload, next?: string) => Promise<Answer>;
  readonly uploadAll: (visitor: ElectionVisitor, form: Form) => Promise<Answer>;
  /** The address of the file that was brought. */
  readonly bring: (visitor: ElectionVisitor, text?: string, name?: string) => Promise<string>;
  /** Does what waits to be done. */
  readonly work: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** With one election published at /elections/town-2013, counted by most votes first. */
export async function openElectionVisits(): Promise<ElectionVisits> {
  const test = await openTestHouse();
  const doors = await openDoors(test);
  await test.openPlace("salford");
  const input = {
    ...{ name: "town.pb", slug: "town-2013", title: "Town pot", titleWelsh: "Cronfa'r dref", madeUp: true },
    rule: { rule: "greedy", utility: "cost", ties: "project-id" } as const,
    content: () => Buffer.from(SMALL),
  };
  test.value(await test.ask(publishElection, { by: { kind: "operator" }, place: "salford", input }));
  let visitors = 0;
  const uploadAll = (visitor: ElectionVisitor, form: Form) => sendForm(doors, { visitor, form });
  const upload: ElectionVisits["upload"] = (visitor, { url, ...file }, next = "") =>
    uploadAll(visitor, { url, fields: { next }, files: [file] });
  return {
    ...{ test, doors, uploadAll, upload },
    visit: () => {
      visitors += 1;
      const from = `10.9.0.${visitors}`;
      return { ...openVisitor(doors.app, from), from };
    },
    bring: async (visitor, text = SMALL, name = "my town.pb") => {
      await visitor.get("/elections");
      const answer = await upload(visitor, { url: "/elections", field: "file", name, bytes: Buffer.from(text) });
      if (answer.statusCode !== 303) throw new Error(answer.body);
      return String(answer.headers["location"]);
    },
    work: () => doWaiting(test),
    close: async () => {
      await doors.close();
      await test.close();
    },
  };
}

async function doWaiting(test: TestHouse): Promise<void> {
  const waiting = await test.database.national((tx) =>
    tx.rows(sql<{ jobId: string }>`
      select job_id as "jobId" from job where state = 'waiting' and kind = 'election.work' order by created_at limit 100`),
  );
  for (const { jobId } of waiting)
    await runJob({
      ...{ house: test.house, kinds: [electionWorkJob(here)], jobId },
      logError: (error) => {
        throw error;
      },
    });
}

async function sendForm(
  doors: Doors,
  the: { readonly visitor: ElectionVisitor; readonly form: Form },
): Promise<Answer> {
  const { visitor, form } = the;
  const boundary = "----onepot";
  const part = (head: string, body: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from("\r\n"),
    ]);
  const payload = Buffer.concat([
    part('name="_csrf"', visitor.token() ?? ""),
    ...Object.entries(form.fields).map(([name, value]) => part(`name="${name}"`, value)),
    ...form.files.map(({ field, name, bytes }) =>
      part(`name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const answer = await doors.app.inject({
    method: "POST",
    url: form.url,
    remoteAddress: visitor.from,
    payload,
    headers: {
      cookie: [...visitor.cookies].map(([key, value]) => `${key}=${value}`).join("; "),
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
  });
  for (const cookie of answer.cookies) visitor.cookies.set(cookie.name, cookie.value);
  return answer;
}
