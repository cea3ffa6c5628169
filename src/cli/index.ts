/** The command line as the program uses it. */
export type { HandCommand, Output } from "./hand-command.ts";
export type { CommandLine } from "./run.ts";
export { answerRefusal, runCommandLine } from "./run.ts";
