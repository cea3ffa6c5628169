/** The finance officer of the story at a browser: reads what was prepared, and authorises exactly what the page shows. */
import type { Doors } from "../setup/doors.ts";
import type { TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { PLACE } from "./salford-pound.ts";

type Surroundings = { readonly test: TestHouse; readonly doors: Doors; readonly placeId: number };

export async function openOfficer({ test, doors, placeId }: Surroundings) {
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId });
  const visitor = await signIn(doors, email);
  return {
    authorise: async (approvalId: string): Promise<void> => {
      const address = `/places/${PLACE}/approvals/${approvalId}`;
      const list = await visitor.get(`/places/${PLACE}/approvals`);
      if (!list.body.includes(address)) throw new Error("the list of what waits does not lead to it");
      const { body } = await visitor.get(address);
      if (!body.includes("Exactly what will happen")) throw new Error(`the approval's page does not show it: ${body}`);
      const shownHash = /name="shownHash" value="([0-9a-f]{64})"/.exec(body)?.[1] ?? "";
      const done = await visitor.post(`${address}/authorise`, { shownHash });
      if (done.statusCode !== 303) throw new Error(`authorising: ${done.statusCode} ${done.body}`);
      const after = await visitor.get(address);
      if (!after.body.includes("It is authorised, and carried out.")) throw new Error("the page does not say so");
      if (after.body.includes('name="shownHash"')) throw new Error("the page still offers to authorise it");
    },
  };
}
