/** The places where a person holds roles, with the roles in words: for "your account" and where to go after signing in. */
import { listPlacesOf } from "../../../identity/index.ts";
import { enterPlace, findHoldings, listAreas, listHolders, listPlaces } from "../../../places/index.ts";
import type { Role } from "../../../platform/actor.ts";
import type { Web } from "../../web.ts";

export type OwnRole = { readonly role: Role; readonly partner: string | null; readonly area: string | null };
export type OwnPlace = {
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly email: string | null;
  readonly roles: readonly OwnRole[];
};

export async function placesOf(web: Web, userId: string): Promise<readonly OwnPlace[]> {
  return web.house.database.national(async (tx) => {
    const own: OwnPlace[] = [];
    const listed = await listPlacesOf(tx, userId);
    for (const { placeId, slug, name, nameWelsh } of await listPlaces(tx)) {
      if (!listed.includes(placeId)) continue;
      await enterPlace(tx, placeId);
      if ((await findHoldings(tx, placeId, userId)).length === 0) continue;
      const areas = await listAreas(tx, placeId);
      const held = (await listHolders(tx, placeId)).filter((holder) => holder.userId === userId);
      const roles = held.map(({ role, partner, areaId }) => ({
        role,
        partner,
        area: areas.find((area) => area.areaId === areaId)?.name ?? null,
      }));
      own.push({ slug, name, nameWelsh, email: held[0]?.email ?? null, roles });
    }
    return own;
  });
}
