/** The agreements of a town: one in force with a view under it, one to be signed and one to be ended. */
import { listPartners } from "../../src/places/index.ts";
import { asFamily, sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { prepareAgreement, signAgreement } from "../../src/sharing/index.ts";
import type { TestHouse } from "./house.ts";
import type { Making } from "./real-input.ts";

type Sharing = {
  readonly slug: string;
  readonly placeId: number;
  readonly mark: string;
  readonly partnerId: string;
  readonly lead: Credential & { readonly kind: "person" };
};

export async function addSharing(test: TestHouse, { slug, placeId, mark, partnerId, lead }: Sharing) {
  const partners = await test.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
  const other = partners.find((one) => one.partnerId !== partnerId)?.partnerId ?? partnerId;
  const parties = [
    { partnerId, sends: true },
    { partnerId: other, receives: true },
  ];
  const prepare = async (title: string): Promise<string> => {
    const input = { ...prepareAgreement.example, title: `${mark} ${title}`, startsOn: "2013-01-01", parties };
    return test.value(await test.ask(prepareAgreement, { by: lead, place: slug, input })).agreementId;
  };
  const agreementId = await prepare("sharing");
  for (const party of parties) {
    const input = { agreementId, partnerId: party.partnerId, onPaper: `${mark} file` };
    test.value(await test.ask(signAgreement, { by: lead, place: slug, input }));
  }
  await test.database.inPlace(placeId, (tx) =>
    asFamily(tx, () =>
      tx.run(
        sql`insert into view_log (place_id, view_id, viewer, agreement_id, purpose, kind, ids, viewed_on)
            values (${placeId}, ${newId()}, ${`person:${lead.userId}`}, ${agreementId}, 'find_families', 'record',
              array['1'], '2013-03-29')`,
        1,
      ),
    ),
  );
  const agreementToSign = await prepare("to sign");
  return { agreementId, agreementToSign, agreementToEnd: await prepare("to end"), receivingPartnerId: other };
}

export const specialOfSharing: Readonly<Record<string, (making: Making) => unknown>> = {
  "sharing.prepare.parties": ({ town }) => [
    { partnerId: town.ids["partnerId"], sends: true },
    { partnerId: town.ids["receivingPartnerId"], receives: true },
  ],
  "sharing.sign.agreementId": ({ town }) => town.ids["agreementToSign"],
  "sharing.end.agreementId": ({ town }) => town.ids["agreementToEnd"],
};
