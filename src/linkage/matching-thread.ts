/** The program of a thread that matches the records of a place; it loads nothing but the engine. src/main/matching-threads.ts starts it. */
import { parentPort } from "node:worker_threads";
import { must } from "../lib/assert.ts";
import { connectThread } from "../platform/jobs/threads.ts";
import { carryOutMatching } from "./matching-task.ts";

connectThread(must(parentPort, "this program is started as a thread"), carryOutMatching);
