/** What the top of a page says of a place and of the person at it: read once a page, in one transaction. */
import type { FastifyRequest } from "fastify";
import { findName } from "../identity/index.ts";
import type { Day } from "../lib/day.ts";
import { findHoldings, placeContents } from "../places/index.ts";
import type { Role } from "../platform/actor.ts";
import type { Transaction } from "../platform/database/index.ts";
import type { PlaceInHand } from "../platform/use-case/index.ts";
import { readAt } from "./reading.ts";

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

export async function readTop(request: FastifyRequest, slug: string | null): Promise<PlaceTop> {
  const { web, credential } = request.visit;
  const userId = credential.kind === "person" ? credential.userId : null;
  const top = slug === null ? null : await readAt(request, slug, ({ tx, place }) => topOf(tx, { place, userId }));
  if (top !== null) return top;
  const person =
    userId === null ? null : await web.house.database.national((tx) => personAt(tx, { userId, placeId: null }));
  return { ...NOWHERE, person };
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
