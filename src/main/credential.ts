/**
 * Whom a command acts as: the person of `onepot login`, a demonstration person with --as (only while the demonstration
 * is loaded), or else the operator of the machine.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { demonstrationAccounts, findCommandSession } from "../identity/index.ts";
import type { Config } from "../platform/config.ts";
import type { Credential, House } from "../platform/use-case/index.ts";

type Asked = { readonly config: Config; readonly house: House; readonly as: string | undefined };

export async function credentialFor({ config, house, as }: Asked): Promise<Credential | { readonly refused: string }> {
  if (as === "operator") return { kind: "operator" };
  if (as !== undefined) {
    const accounts = await demonstrationAccounts(house.database);
    if (accounts.length === 0)
      return { refused: "--as works only while the demonstration is loaded. Sign in with: bin/onepot login" };
    const found = accounts.find(
      (account) => account.email === as.toLowerCase() || account.email.split("@")[0] === as.toLowerCase(),
    );
    if (!found)
      return {
        refused: `There is no demonstration person "${as}". Choose one of: ${accounts.map((account) => account.email).join(", ")}`,
      };
    return { kind: "person", userId: found.userId };
  }
  const token = await readToken(config);
  if (token === null) return { kind: "operator" };
  const userId = await findCommandSession(house.database, token);
  if (userId === null)
    return { refused: "Your sign-in on the command line has ended. Sign in again with: bin/onepot login" };
  return { kind: "person", userId };
}

function tokenFile(config: Config): string {
  return (
    process.env["ONEPOT_LOGIN"] ??
    join(process.env["XDG_CONFIG_HOME"] ?? join(process.env["HOME"] ?? config.root, ".config"), "onepot", "login")
  );
}

async function readToken(config: Config): Promise<string | null> {
  const text = await readFile(tokenFile(config), "utf8").catch(() => "");
  return text.trim() === "" ? null : text.trim();
}

export async function keepToken(config: Config, token: string): Promise<void> {
  await mkdir(dirname(tokenFile(config)), { recursive: true, mode: 0o700 });
  await writeFile(tokenFile(config), `${token}\n`, { mode: 0o600 });
}

export async function forgetToken(config: Config): Promise<void> {
  await rm(tokenFile(config), { force: true });
}
