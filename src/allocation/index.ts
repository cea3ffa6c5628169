export { countElection, uncountable } from "./count.ts";
export type { Election } from "./election.ts";
