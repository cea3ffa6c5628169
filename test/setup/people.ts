/** People of a test who sign in by the page: an account with a password, and a role at a place. */

import { hashPassword } from "../../src/identity/passwords.ts";
import { insertHolding } from "../../src/places/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { type Doors, openVisitor, type Visitor } from "./doors.ts";
import type { TestHouse } from "./house.ts";

export const TEST_PASSWORD = "seven quiet rivers run";

let kept: Promise<string> | null = null;

export type SignInPerson = { readonly userId: string; readonly email: string; readonly holdingId: string | null };

/** One hash serves them all: making one takes as long as a sign-in. */
export async function makeSignIn(
  test: TestHouse,
  the: { readonly role: Role; readonly placeId: number } | null,
): Promise<SignInPerson> {
  kept ??= hashPassword(TEST_PASSWORD);
  const hash = await kept;
  const userId = newId();
  const email = `${userId}@onepot.example`;
  const holdingId = the === null ? null : newId();
  const insert = sql`insert into user_account (user_id, email, name, password_hash) values (${userId}, ${email}, 'Test Person', ${hash})`;
  await test.database.national((tx) => tx.run(insert, 1));
  if (the !== null && holdingId !== null)
    await test.database.inPlace(the.placeId, (tx) =>
      insertHolding(tx, the.placeId, {
        holdingId,
        userId,
        role: the.role,
        partnerId: null,
        areaId: null,
        grantedBy: "test",
      }),
    );
  return { userId, email, holdingId };
}

let addresses = 0;

/** A visitor who has signed in by the page, from an address of their own: tries are counted by address. */
export async function signIn(doors: Doors, email: string): Promise<Visitor> {
  addresses += 1;
  const visitor = openVisitor(doors.app, `10.1.${Math.floor(addresses / 200)}.${1 + (addresses % 200)}`);
  await visitor.get("/sign-in");
  const answer = await visitor.post("/sign-in", { email, password: TEST_PASSWORD, return: "" });
  if (answer.statusCode !== 303) throw new Error(`${email} could not sign in: ${answer.statusCode}`);
  return visitor;
}
