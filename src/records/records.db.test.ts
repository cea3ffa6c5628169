/** Documents, questions, tasks, messages, audit and jobs of a place, on a real database. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { addTheme } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { insertJob } from "../platform/jobs/index.ts";
import { queueMessage } from "../platform/outbox/index.ts";
import type { Credential } from "../platform/use-case/index.ts";
import * as records from "./index.ts";

const NOBODY: Credential = { kind: "public" };
const place = "salford";
const PDF = Buffer.from("%PDF-1.7\nminutes").toString("base64");

let test: TestHouse;
let placeId: number;
let finance: Credential & { kind: "person" };
let resident: Credential & { kind: "person" };
let administrator: Credential & { kind: "person" };

beforeAll(async () => {
  test = await openTestHouse();
  placeId = await test.openPlace(place);
  finance = await test.personWith("finance_officer", { placeId });
  resident = await test.personWith("resident", { placeId });
  administrator = await test.personWith("administrator", { placeId });
});
afterAll(async () => test?.close());

/** Something at the place that can be asked about. */
async function newRecord(): Promise<string> {
  const name = `Theme ${newId()}`;
  return test.value(await test.ask(addTheme, { by: administrator, place, input: { name } })).themeId;
}

async function add(record: string, isPublic: boolean): Promise<string> {
  const input = { record, fileName: "minutes.pdf", content: PDF, public: isPublic };
  return test.value(await test.ask(records.addDocument, { by: finance, place, input })).documentId;
}

const namesOf = async (by: Credential, record: string) =>
  test
    .value(await test.ask(records.listDocuments, { by, place, input: { record } }))
    .documents.map((one) => one.documentId);
const refused = async (asked: ReturnType<TestHouse["ask"]>) => test.refusal(await asked).code;

describe("documents", () => {
  it("come back as they went in", async () => {
    const record = await newRecord();
    const documentId = await add(record, true);
    const read = test.value(await test.ask(records.readDocument, { by: NOBODY, place, input: { documentId } }));
    expect(read).toMatchObject({ fileName: "minutes.pdf", mediaType: "application/pdf", content: PDF, sizeBytes: 16 });
    expect(read.addedBy).toBe("finance_officer");
  });

  it("that are not public are for those who work here", async () => {
    const record = await newRecord();
    const documentId = await add(record, false);
    expect(await namesOf(NOBODY, record)).toEqual([]);
    expect(await namesOf(resident, record)).toEqual([]);
    expect(await namesOf(administrator, record)).toEqual([documentId]);
    const input = { documentId };
    expect(await refused(test.ask(records.readDocument, { by: NOBODY, place, input }))).toBe("document_not_found");
    expect(await refused(test.ask(records.readDocument, { by: resident, place, input }))).toBe("document_not_found");
  });

  it("are withdrawn once, and put back once", async () => {
    const record = await newRecord();
    const input = { documentId: await add(record, true) };
    const by = finance;
    expect(await refused(test.ask(records.restoreDocument, { by, place, input }))).toBe("document_in_force");
    test.value(await test.ask(records.withdrawDocument, { by, place, input }));
    expect(await refused(test.ask(records.withdrawDocument, { by, place, input }))).toBe("document_withdrawn");
    expect(await namesOf(NOBODY, record)).toEqual([]);
    expect(await namesOf(finance, record)).toEqual([input.documentId]);
    expect(await refused(test.ask(records.readDocument, { by: NOBODY, place, input }))).toBe("document_not_found");
    test.value(await test.ask(records.restoreDocument, { by, place, input }));
    expect(await namesOf(NOBODY, record)).toEqual([input.documentId]);
  });

  it("withdrawn by many at once are withdrawn by one", async () => {
    const input = { documentId: await add(await newRecord(), true) };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => test.ask(records.withdrawDocument, { by: finance, place, input })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("that are wrong change nothing", async () => {
    const record = await newRecord();
    const ask = (fileName: string, content: string, by: Credential = finance) =>
      refused(test.ask(records.addDocument, { by, place, input: { record, fileName, content } }));
    expect(await ask("minutes.exe", PDF)).toBe("document_kind");
    expect(await ask("minutes.png", PDF)).toBe("document_content");
    expect(await ask("minutes.pdf", "")).toBe("document_empty");
    expect(await ask("minutes.pdf", "not base64!")).toBe("input_not_valid");
    expect(await ask("minutes.txt", Buffer.alloc(10_485_761, "a").toString("base64"))).toBe("document_too_large");
    expect(await ask("minutes.pdf", PDF, resident)).toBe("not_allowed");
    expect(await ask("minutes.pdf", PDF, NOBODY)).toBe("not_allowed");
    expect(await namesOf(finance, record)).toEqual([]);
  });
});

describe("a record that is not there", () => {
  it.each(["a UUID", "a row of a file"])("as %s can be given no document, question or task", async (what) => {
    const record = what === "a UUID" ? newId() : `${newId()}.12`;
    const by = finance;
    const file = { record, fileName: "minutes.pdf", content: PDF };
    expect(await refused(test.ask(records.addDocument, { by, place, input: file }))).toBe("record_not_found");
    const question = { record, words: "Which wards?" };
    expect(await refused(test.ask(records.askQuestion, { by, place, input: question }))).toBe("record_not_found");
    const task = { record, title: "Look", forRole: "finance_officer" as const };
    expect(await refused(test.ask(records.addTask, { by, place, input: task }))).toBe("record_not_found");
  });
});

describe("questions", () => {
  it("make a task that the answer ends", async () => {
    const record = await newRecord();
    const asked = test.value(
      await test.ask(records.askQuestion, { by: resident, place, input: { record, words: "Which wards\nare these?" } }),
    );
    expect(asked.forRole).toBe("finance_officer");
    const open = async () =>
      test
        .value(await test.ask(records.listTasks, { by: finance, place, input: {} }))
        .tasks.filter((one) => one.record === record);
    expect(await open()).toMatchObject([
      { title: "Which wards are these?", isQuestion: true, taskId: asked.questionId },
    ]);
    const about = { by: NOBODY, place, input: { record } };
    expect(test.value(await test.ask(records.countAboutRecord, about))).toEqual({
      documents: 0,
      questions: 1,
      unanswered: 1,
    });
    const input = { questionId: asked.questionId, words: "All of them." };
    test.value(await test.ask(records.answerQuestion, { by: finance, place, input }));
    expect(await open()).toEqual([]);
    const shown = test.value(await test.ask(records.listQuestions, about)).questions;
    expect(shown).toMatchObject([
      {
        askedBy: "resident",
        words: "Which wards\nare these?",
        answers: [{ words: "All of them.", givenBy: "finance_officer" }],
      },
    ]);
    expect(test.value(await test.ask(records.countAboutRecord, about)).unanswered).toBe(0);
  });

  it("are asked and answered by those who may", async () => {
    const record = await newRecord();
    expect(await refused(test.ask(records.askQuestion, { by: NOBODY, place, input: { record, words: "Why?" } }))).toBe(
      "not_allowed",
    );
    expect(await refused(test.ask(records.askQuestion, { by: resident, place, input: { record, words: " " } }))).toBe(
      "input_not_valid",
    );
    const input = { questionId: newId(), words: "Because." };
    expect(await refused(test.ask(records.answerQuestion, { by: resident, place, input }))).toBe("not_allowed");
    expect(await refused(test.ask(records.answerQuestion, { by: finance, place, input }))).toBe("question_not_found");
  });
});

describe("tasks", () => {
  it("are done, undone and seen by those they wait for", async () => {
    const input = { title: "Check the accruals", forRole: "finance_officer", dueOn: "2013-04-05" } as const;
    const { taskId } = test.value(await test.ask(records.addTask, { by: administrator, place, input }));
    const act = (useCase: typeof records.doTask, by: Credential = finance) =>
      test.ask(useCase, { by, place, input: { taskId } });
    expect(await refused(act(records.doTask, administrator))).toBe("task_not_found");
    expect(await refused(act(records.undoTask))).toBe("task_is_open");
    test.value(await act(records.doTask));
    expect(await refused(act(records.doTask))).toBe("task_is_done");
    const done = test.value(await test.ask(records.listTasks, { by: finance, place, input: { state: "done" } }));
    expect(done.tasks).toContainEqual(expect.objectContaining({ taskId, overdue: false }));
    test.value(await act(records.undoTask));
    const open = test.value(await test.ask(records.listTasks, { by: finance, place, input: {} }));
    expect(open.tasks).toContainEqual(expect.objectContaining({ taskId, overdue: true }));
  });

  it("are for one role or one person who is here", async () => {
    const ask = (
      input: Parameters<typeof test.ask<"place", typeof records.addTask.input, unknown, never>>[1]["input"],
    ) => refused(test.ask(records.addTask, { by: finance, place, input }));
    expect(await ask({ title: "Both", forRole: "auditor", forUser: finance.userId })).toBe("input_not_valid");
    expect(await ask({ title: "Neither" })).toBe("input_not_valid");
    expect(await ask({ title: "Stranger", forUser: newId() })).toBe("person_not_found");
  });
});

describe("the desks", () => {
  it("show what would be sent, without the secret of its links", async () => {
    const body = "Open {address}/account/link/abcdefghijklmnopqrstuvwxyz012345 to choose a password.";
    await test.database.inPlace(placeId, (tx) =>
      queueMessage(tx, {
        messageId: newId(),
        placeId,
        kind: "invitation",
        to: "a@onepot.example",
        subject: "Invited",
        body,
      }),
    );
    const input = { state: "waiting" } as const;
    const shown = test.value(await test.ask(records.listOutbox, { by: administrator, place, input }));
    expect(shown.messages.map((one) => one.body)).toEqual(["Open {address}/account/link/… to choose a password."]);
    expect(await refused(test.ask(records.listOutbox, { by: finance, place, input }))).toBe("not_allowed");
  });

  it("list the trail by action, record, actor and day", async () => {
    const documentId = await add(await newRecord(), true);
    const list = async (input: object) =>
      test
        .value(await test.ask(records.listAudit, { by: administrator, place, input }))
        .entries.map((one) => one.action);
    expect(await list({ record: documentId })).toEqual(["document.add"]);
    expect(await list({ record: documentId, action: "document.", actor: `person:${finance.userId}` })).toEqual([
      "document.add",
    ]);
    expect(await list({ record: documentId, action: "question." })).toEqual([]);
    expect(await list({ record: documentId, to: "2020-01-01" })).toEqual([]);
    expect(await list({ record: documentId, from: "2020-01-01" })).toEqual(["document.add"]);
    expect(await refused(test.ask(records.listAudit, { by: finance, place, input: {} }))).toBe("not_allowed");
  });

  it("cancel a job for who asked for it, or an administrator", async () => {
    const jobId = newId();
    const requestedBy = `person:${finance.userId}`;
    await test.database.national((tx) =>
      insertJob(tx, { jobId, placeId, kind: "spend.import", title: "Import march.csv", input: {}, requestedBy }),
    );
    const input = { jobId };
    const shown = test.value(await test.ask(records.showJob, { by: finance, place, input }));
    expect(shown).toMatchObject({ state: "waiting", mayCancel: true });
    expect(shown).not.toHaveProperty("input");
    expect(await refused(test.ask(records.cancelJob, { by: resident, place, input }))).toBe("job_not_yours");
    test.value(await test.ask(records.cancelJob, { by: administrator, place, input }));
    expect(await refused(test.ask(records.cancelJob, { by: finance, place, input }))).toBe("job_has_ended");
    expect(await refused(test.ask(records.showJob, { by: NOBODY, place, input }))).toBe("not_allowed");
    await test.openPlace("trafford");
    const operator: Credential = { kind: "operator" };
    expect(await refused(test.ask(records.showJob, { by: operator, place: "trafford", input }))).toBe("job_not_found");
    expect(test.value(await test.ask(records.listJobs, { by: operator, place, input: {} })).total).toBe(1);
  });
});
