/** How a record names who wrote it to everyone who reads it: by their part here, never by name. */
import type { Actor, Role } from "../platform/actor.ts";

/** A role, "key" for a partner's own program, or "operator" for whoever runs the machine. */
export type Author = Role | "key" | "operator" | "public";

export function authorOf(actor: Actor): Author {
  if (actor.kind !== "person") return actor.kind;
  return actor.holdings[0]?.role ?? "public";
}

/** Residents are the public with a vote: what is kept among those who work here is not theirs to read. */
export function worksHere(actor: Actor): boolean {
  if (actor.kind === "operator") return true;
  return actor.kind === "person" && actor.holdings.some(({ role }) => role !== "resident");
}
