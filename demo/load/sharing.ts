/**
 * The demonstration's information-sharing agreement, prepared and signed by its own people: a partner without an officer here signed on
 * paper, which the information governance lead records. It is history, so nobody is told but of the review that is to come.
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
  const signatures = parties.flatMap(({ partnerId, does, signedBy }) => {
    const one = { agreementId, partnerId: ids.of(`partner/${partnerId}`) };
    if ("person" in signedBy) return [{ by: by(signedBy.person), input: one }];
    const paper = { ...one, onPaper: paperAt, signedOn: signedBy.paperOn };
    const guardian = { ...paper, capacity: "caldicott_guardian" as const };
    return [paper, ...(does === "sends health data" ? [guardian] : [])].map((each) => ({
      by: by(preparedBy),
      input: each,
    }));
  });
  for (const [index, asked] of signatures.entries()) {
    const last = index === signatures.length - 1;
    await carryOut(last ? house : untold, signAgreement, { ...asked, place });
  }
}
