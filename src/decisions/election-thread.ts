/** The program of a thread that works on one file; it loads nothing but the counter. src/main/subject-threads.ts starts it. */
import { parentPort } from "node:worker_threads";
import { must } from "../lib/assert.ts";
import { connectThread } from "../platform/jobs/threads.ts";
import { carryOutTask } from "./task.ts";

connectThread(must(parentPort, "this program is started as a thread"), carryOutTask);
