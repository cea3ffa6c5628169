/**
 * The demonstration's information-sharing agreement, prepared and signed by its own people: all signed on paper in the summer before,
 * which a partner's own officer records, or the information governance lead where it has none here. It is history, so nobody is told but of the review that is to come.
 */
import { NO_BOARD } from "../../src/platform/notices.ts";
import type { Credential, House } from "../../src/platform/use-case/index.ts";
import { PERSON_FIELDS, prepareAgreement, signAgreement } from "../../src/sharing/index.ts";
import { familiesAgreement } from "../salford/sharing.ts";
import { carryOut, type Ids, type Loading } from "./doing.ts";

export async function loadSharing({ house }: Loading, ids: Ids): Promise<void> {
  const { placeSlug: place, preparedBy, title, parties, paperAt, purposes, ...words } = familiesAgreement;
  const untold: House = { ...house, noticeBoard: NO_BOARD };
  const by = (id: string): Credential => ({ kind: "person", userId: ids.of(`person/${id}`) });
  const input = {
    ...words,
    title: title.en,
    titleWelsh: title.cy,
    purposes: [...purposes],
    fields: [...PERSON_FIELDS],
    parties: parties.map(({ partnerId, does }) => ({
      partnerId: ids.of(`partner/${partnerId}`),
      sends: does !== "receives",
      receives: does === "both" || does === "receives",
      health: does === "sends health data",
    })),
    madeUp: true,
  };
  const { agreementId } = await carryOut(untold, prepareAgreement, { by: by(preparedBy), place, input });
  ids.keep("agreement/salford-families", agreementId);
  const signatures = parties.flatMap(({ partnerId, does, signedBy, paperOn }) => {
    const paper = { agreementId, partnerId: ids.of(`partner/${partnerId}`), onPaper: paperAt, signedOn: paperOn };
    const guardian = does === "sends health data" ? [{ ...paper, capacity: "caldicott_guardian" as const }] : [];
    return [paper, ...guardian].map((each) => ({ by: by(signedBy), input: each }));
  });
  for (const [index, asked] of signatures.entries()) {
    const last = index === signatures.length - 1;
    await carryOut(last ? house : untold, signAgreement, { ...asked, place });
  }
}
