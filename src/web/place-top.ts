/** What the top of a page says of a place and of the person at it: read once a page, in one transaction. */

import { findName } from "../identity/index.ts";
import type { Day } from "../lib/day.ts";
import { findHoldings, placeContents } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import type { Transaction } from "../platform/database/index.ts";
import type { Credential, House, PlaceContext, PlaceInHand } from "../platform/use-case/index.ts";

export type PlaceTop = {
  readonly name: string | null;
  readonly nameWelsh: string | null;
  readonly colour: string | null;
  readonly demonstration: boolean;
  readonly businessDate: Day | null;
  readonly hasMoney: boolean;
  readonly hasPartners: boolean;
  readonly person: { readonly name: string; readonly roles: readonly Role[] } | null;
};

const NOWHERE: Omit<PlaceTop, "person"> = {
  name: null,
  nameWelsh: null,
  colour: null,
  demonstration: false,
  businessDate: null,
  hasMoney: false,
  hasPartners: false,
};

export async function readTop(
  house: House,
  the: { readonly slug: string | null; readonly credential: Credential; readonly reading: PlaceContext | null },
): Promise<PlaceTop> {
  const userId = the.credential.kind === "person" ? the.credential.userId : null;
  if (the.slug === null && userId === null) return { ...NOWHERE, person: null };
  if (the.reading !== null) return topOf(the.reading.tx, { place: the.reading.place, userId });
  const place = the.slug === null ? null : await house.findPlace(the.slug);
  if (place === null) {
    const person =
      userId === null ? null : await house.database.national((tx) => personAt(tx, { userId, placeId: null }));
    return { ...NOWHERE, person };
  }
  return house.database.readPlace(place.placeId, (tx) => topOf(tx, { place, userId }));
}

async function topOf(
  tx: Transaction,
  { place, userId }: { readonly place: PlaceInHand; readonly userId: string | null },
): Promise<PlaceTop> {
  const contents = await placeContents(tx, { placeId: place.placeId, areaId: place.area?.areaId ?? null });
  return {
    name: place.area?.name ?? place.name,
    nameWelsh: place.area === null ? place.nameWelsh : place.area.nameWelsh,
    colour: contents.colour,
    demonstration: place.demonstration,
    businessDate: place.businessDate,
    hasMoney: contents.hasMoney,
    hasPartners: contents.hasPartners,
    person: await personAt(tx, { userId, placeId: place.placeId }),
  };
}

async function personAt(
  tx: Transaction,
  the: { readonly userId: string | null; readonly placeId: number | null },
): Promise<PlaceTop["person"]> {
  if (the.userId === null) return null;
  const name = await findName(tx, the.userId);
  if (name === null) return null;
  const holdings = the.placeId === null ? [] : await findHoldings(tx, the.placeId, the.userId);
  return { name, roles: [...new Set(holdings.map((holding) => holding.role))] };
}
