/** `onepot login`: asks for the e-mail and the password, and keeps a token for the commands of the next 12 hours. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { identityRefusals, openCommandSession, signIn } from "../identity/index.ts";
import type { Config } from "../platform/config.ts";
import type { House } from "../platform/use-case/index.ts";
import { forgetToken, keepToken } from "./credential.ts";

type Output = { readonly out: (text: string) => void; readonly error: (text: string) => void };

export async function login(the: {
  readonly config: Config;
  readonly house: House;
  readonly words: readonly string[];
  readonly output: Output;
}): Promise<number> {
  const { config, house, output } = the;
  const { values } = parseArgs({
    args: [...the.words],
    options: { email: { type: "string" }, out: { type: "boolean" }, json: { type: "boolean" } },
  });
  const json = values.json === true;
  if (values.out === true) {
    await forgetToken(config);
    output.out(
      json ? JSON.stringify({ signedIn: false }) : "Signed out. Commands act as the operator of this machine again.",
    );
    return 0;
  }
  const email = values.email ?? (await question("E-mail: ", false));
  if (email.trim() === "") {
    output.error("Say whom to sign in: bin/onepot login --email ADDRESS");
    return 2;
  }
  const password = process.env["ONEPOT_PASSWORD"] ?? (await question("Password: ", true));
  const result = await signIn(house.database, { email, password, address: "command line" });
  if (!result.ok) {
    const catalogue = identityRefusals as Readonly<Record<string, { readonly en: (refusal: never) => string }>>;
    const message = catalogue[result.refusal.code]?.en(result.refusal as never) ?? result.refusal.code;
    if (json) output.out(JSON.stringify({ code: result.refusal.code, message }));
    else output.error(message);
    return 1;
  }
  await keepToken(config, await openCommandSession(house.database, result.value.userId));
  output.out(
    json
      ? JSON.stringify({ signedIn: true, name: result.value.name })
      : `Signed in as ${result.value.name} for 12 hours. Sign out with: bin/onepot login --out`,
  );
  return 0;
}

async function question(words: string, hidden: boolean): Promise<string> {
  process.stderr.write(words);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: hidden && process.stdin.isTTY,
  });
  try {
    for await (const line of reader) return line;
    return "";
  } finally {
    reader.close();
    if (hidden) process.stderr.write("\n");
  }
}
