/** What the commands that read or write a file of this machine share: who asks, words not understood, a file that is not there. */
import { stat } from "node:fs/promises";
import type { Output } from "../cli/index.ts";
import type { Credential, House } from "../platform/use-case/index.ts";
import type { OpenHouse } from "./open-house.ts";

export type Surroundings = {
  readonly withOpen: (work: (open: OpenHouse) => Promise<number>) => Promise<number>;
  readonly credential: (house: House, as: string | undefined) => Promise<Credential | { readonly refused: string }>;
};

export type Carrying<Asked> = {
  readonly house: House;
  readonly credential: Credential;
  readonly asked: Asked;
  readonly output: Output;
};

type ToRun<Asked> = Pick<Carrying<Asked>, "asked" | "output"> & {
  readonly carryOut: (carrying: Carrying<Asked>) => Promise<number>;
};

/** Opens the house and carries out what was asked as whoever asks; gives the program's exit code. */
export function runAsAsked<Asked extends { readonly as: string | undefined }>(
  the: Surroundings,
  { asked, output, carryOut }: ToRun<Asked>,
): Promise<number> {
  return the.withOpen(async ({ house }) => {
    const credential = await the.credential(house, asked.as);
    if (!("refused" in credential)) return carryOut({ house, credential, asked, output });
    output.error(credential.refused);
    return 1;
  });
}

export function refuseWords(output: Output, { fault, use }: { readonly fault: string; readonly use: string }): number {
  output.error(`${fault}\nUse: bin/onepot ${use}`);
  return 2;
}

/** What is wrong with the words of a command, without the parser's advice for programmers. */
export function faultOfWords(error: unknown): string {
  if (!(error instanceof Error)) return "The command was not understood.";
  return error.message.split(". To specify")[0] ?? error.message;
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

export function refuseFile(output: Output, { path, json }: { readonly path: string; readonly json: boolean }): number {
  const message = `There is no file ${path}. Check the path and try again.`;
  return refuseAs(output, { code: "file_not_found", message, json });
}

/** Says why not, in words or as a program asked to read it; gives the exit code. */
export function refuseAs(
  output: Output,
  { code, message, json }: { readonly code: string; readonly message: string; readonly json: boolean },
): number {
  if (json) output.out(JSON.stringify({ code, message }));
  else output.error(message);
  return 1;
}
