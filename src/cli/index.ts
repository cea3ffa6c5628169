export type { CommandLine, HandCommand, Output } from "./run.ts";
export { answerRefusal, runCommandLine } from "./run.ts";
