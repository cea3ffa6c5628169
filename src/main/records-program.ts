/** The records commands as a program of their own: `main(words)`. Linking files needs no database, and starts without one. */
import { lightProgram } from "./light-program.ts";
import { recordsCommands } from "./records/commands.ts";

export const { knows, main } = lightProgram(recordsCommands);
