/**
 * The ballot commands as a program of their own: `main(words)`. A recount starts nothing but the counter, so it takes a tenth of
 * a second and not the second in which the whole of Onepot starts.
 */
import { setFlagsFromString } from "node:v8";
import { ballotCommands } from "./ballot/commands.ts";
import { lightProgram } from "./light-program.ts";

// A count is over before the optimizing compiler pays: it is called in later. Measured on Node 20, in CPU time of reading and counting:
// Toulouse 2024 83 ms to 58, Lodz 2022 155 to 190, Wieliczka's raises 209 to 190 (docs/performance.md).
setFlagsFromString("--interrupt-budget=1000000");

export const { knows, main } = lightProgram(ballotCommands);
