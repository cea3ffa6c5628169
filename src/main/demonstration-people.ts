/**
 * The demonstration's people have a known password: they may be someone only where nobody but this machine reaches the
 * server. Elsewhere the start refuses when they are there, and the doors take them for strangers when they come later.
 */
import { demonstration } from "../../demo/demonstration.ts";
import { demonstrationAccounts, findActorButDemonstration, hasDemonstrationAccounts } from "../identity/index.ts";
import { type Config, isLoopback } from "../platform/config.ts";
import type { Database } from "../platform/database/index.ts";
import type { House } from "../platform/use-case/index.ts";
import { DEMONSTRATION_PASSWORD } from "./demonstration.ts";

type Served = Pick<Config, "host" | "publicUrl">;

/** Listening on this machine's own address, and not handed on to others by a proxy with an address of its own. */
export function isThisMachineOnly({ host, publicUrl }: Served): boolean {
  return isLoopback(host) && (publicUrl === null || isLoopback(hostOf(publicUrl)));
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname.replace(/^\[|\]$/g, "") : "";
}

export async function demonstrationFault(served: Served, database: Database): Promise<string | null> {
  if (isThisMachineOnly(served)) return null;
  if (!(await database.national(hasDemonstrationAccounts))) return null;
  const reached = isLoopback(served.host) ? `ONEPOT_URL is ${served.publicUrl}` : `HOST is ${served.host}`;
  return `The demonstration's sign-ins, whose password is known, are in this database, and ${reached}. Serve on 127.0.0.1, or use a database without the demonstration.`;
}

/** The demonstration may be loaded by another program while this one serves: its people stay strangers here. */
export function withoutDemonstrationPeople(house: House): House {
  return { ...house, findActor: findActorButDemonstration };
}

/** Who plays the story, in its order. */
const STORY = ["finance_officer", "pool_manager", "key_worker", "resident", "auditor", "administrator"];

type Person = {
  readonly email: string;
  readonly roles: readonly { readonly role: string; readonly placeName: string }[];
};

/** One line a person of the story; nothing where there are none. `loading`: as the demonstration is about to make them. */
export async function signInLines(database: Database, loading: boolean): Promise<readonly string[]> {
  const people = loading ? peopleToCome() : await demonstrationAccounts(database);
  const chosen = STORY.flatMap((role) => {
    for (const { email, roles } of people) {
      const held = roles.find((one) => one.role === role);
      if (held) return [{ email, words: `${role.replaceAll("_", " ")}, ${held.placeName}` }];
    }
    return [];
  });
  if (chosen.length === 0) return [];
  const width = Math.max(...chosen.map(({ email }) => email.length));
  return [
    `Demonstration sign-ins (made-up people; the password of all is ${DEMONSTRATION_PASSWORD}):`,
    ...chosen.map(({ email, words }) => `  ${email.padEnd(width)}  ${words}`),
  ];
}

function peopleToCome(): readonly Person[] {
  const names = new Map(demonstration.places.map((place) => [place.slug, place.name.en]));
  return demonstration.ledgers
    .flatMap((ledger) => ledger.people)
    .map(({ email, roles, placeSlug }) => ({
      email,
      roles: roles.map((role) => ({ role: role.replaceAll(" ", "_"), placeName: names.get(placeSlug) ?? "" })),
    }));
}
