/** The house of matching with its doors open, and people of each role who have signed in by the page. */

import { type MatchingHouse, openMatchingHouse } from "../../src/linkage/matching-house.fixture.ts";
import type { Role } from "../../src/platform/actor.ts";
import { type Doors, openDoors, type Visitor } from "./doors.ts";
import { makeSignIn, signIn } from "./people.ts";

export type MatchingDoors = {
  readonly house: MatchingHouse;
  readonly doors: Doors;
  /** Somebody new with a role for the host. */
  readonly as: (role: Role) => Promise<Visitor>;
  readonly close: () => Promise<void>;
};

export const at = (rest: string): string => `/places/salford/matching${rest}`;

export async function openMatchingDoors(): Promise<MatchingDoors> {
  const house = await openMatchingHouse();
  const doors = await openDoors(house.test);
  return {
    house,
    doors,
    as: async (role) => {
      const { email } = await makeSignIn(house.test, { role, placeId: house.placeId });
      return signIn(doors, email);
    },
    close: async () => {
      await doors.close();
      await house.test.close();
    },
  };
}

/** What cannot stand on a page that is whole. */
export const BROKEN = /\bundefined\b|\[object |\bNaN\b|Invalid Date/;
