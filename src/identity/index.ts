/** What identity offers to the doors, the demonstration and the tests. */
export { createAdmin } from "./create-admin.ts";
export type { DemonstrationAccount, DemonstrationRole } from "./demonstration.ts";
export {
  demonstrationAccounts,
  findDemonstrationAccount,
  hasDemonstrationAccounts,
  openDemonstrationAccount,
} from "./demonstration.ts";
export type { PasswordFault } from "./domain/password-rules.ts";
export { LEAST_PASSWORD_LENGTH, passwordFault } from "./domain/password-rules.ts";
export { endRole } from "./end-role.ts";
export { findActor, findActorButDemonstration } from "./find-actor.ts";
export { findKey } from "./find-key.ts";
export { findName } from "./find-name.ts";
export { grantRole } from "./grant-role.ts";
export { invite } from "./invite.ts";
export { linkPath, SIGN_IN_PATH } from "./letters.ts";
export type { LinkRefusal, OpenLink } from "./links.ts";
export { findLink, requestReset, useLink } from "./links.ts";
export { listKeys } from "./list-keys.ts";
export { listPeople } from "./list-people.ts";
export { makeKey } from "./make-key.ts";
export type { IdentityRefusal } from "./messages.ts";
export { identityRefusals } from "./messages.ts";
export type { Limit, RateLimitStore, Taken } from "./rate-limits.ts";
export { openRateLimitStore, takeFrom } from "./rate-limits.ts";
export { revokeKey } from "./revoke-key.ts";
export type { SessionStore, StoredSession } from "./sessions.ts";
export {
  closeCommandSession,
  findCommandSession,
  findSessionSecret,
  openCommandSession,
  openSessionStore,
} from "./sessions.ts";
export type { PasswordChangeRefusal, SignedIn, SignInRefusal, TooManyTries } from "./sign-in.ts";
export { changePassword, signIn } from "./sign-in.ts";
export { listAddresses, listPlacesOf } from "./store/accounts.ts";
export { endSessionsOf } from "./store/sessions.ts";
export { sweepIdentity } from "./sweep.ts";
