/** The partners, services, families reached and people of one place's money. */
import { openDemonstrationAccount } from "../../src/identity/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addPartner, addService, insertHolding, listPartners, reportReach } from "../../src/places/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { newId } from "../../src/platform/ids.ts";
import type { DemoLedger, DemoPartner, DemoPerson, PartnerKind } from "../types.ts";
import { carryOut, type Ids, type Loading } from "./doing.ts";

const OPERATOR = { kind: "operator" } as const;

const KINDS = {
  council: "council",
  police: "police",
  nhs: "nhs",
  "central government": "department",
  "housing association": "housing_association",
  school: "school",
  charity: "charity",
  "social enterprise": "social_enterprise",
  company: "company",
  partnership: "other",
  "resident body": "community_group",
} as const satisfies Record<PartnerKind, string>;

export async function loadPartners({ house }: Loading, ledger: DemoLedger, ids: Ids): Promise<void> {
  const place = await house.findPlace(ledger.placeSlug);
  const { placeId } = must(place, "the place was opened");
  const there = await house.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
  for (const partner of there)
    for (const { scheme, identifier } of partner.identifiers)
      if (scheme === "GSS") ids.keep(`${ledger.placeSlug}/partner/${identifier}`, partner.partnerId);
  for (const partner of ledger.partners) {
    const known =
      partner.identifier.scheme === "GSS"
        ? there.find((one) => one.identifiers.some((own) => own.identifier === partner.identifier.code))
        : undefined;
    ids.keep(`partner/${partner.id}`, known?.partnerId ?? (await add({ house, ledger, partner })));
  }
  for (const service of ledger.services) {
    const area = service.neighbourhoodSlug ?? service.councilGss;
    const { serviceId } = await carryOut(house, addService, {
      by: OPERATOR,
      place: ledger.placeSlug,
      input: {
        name: service.name.en,
        nameWelsh: service.name.cy,
        description: service.description.en,
        providerId: ids.of(`partner/${service.providerId}`),
        themeId: ids.of(`theme/${service.themeId}`),
        areaId: area === undefined ? null : ids.of(`${ledger.placeSlug}/${area}`),
      },
    });
    ids.keep(`service/${service.id}`, serviceId);
  }
  for (const { serviceId, from, to, families } of ledger.reach) {
    const service = must(
      ledger.services.find((one) => one.id === serviceId),
      "families are reached by a service of the place",
    );
    const input = {
      serviceId: ids.of(`service/${serviceId}`),
      startsOn: from,
      endsOn: to,
      families,
      source: `Provider's return for ${service.areaName} (made up)`,
    };
    await carryOut(house, reportReach, { by: OPERATOR, place: ledger.placeSlug, input });
  }
}

async function add(the: {
  readonly house: Loading["house"];
  readonly ledger: DemoLedger;
  readonly partner: DemoPartner;
}): Promise<string> {
  const { partner } = the;
  const { partnerId } = await carryOut(the.house, addPartner, {
    by: OPERATOR,
    place: the.ledger.placeSlug,
    input: {
      name: partner.name,
      nameWelsh: partner.nameWelsh ?? null,
      kind: KINDS[partner.kind],
      parts: [...partner.parts],
      madeUp: partner.madeUp,
      identifiers: partner.identifier.scheme === "GSS" ? [{ scheme: "GSS", identifier: partner.identifier.code }] : [],
    },
  });
  return partnerId;
}

/** Streams and pots are the whole place's: who keeps its money does so for all of it. */
const WHOLE_PLACE: readonly DemoPerson["roles"][number][] = ["finance officer", "pool manager"];

/** People who may be signed in by a button; keys are "person/" and the person's. */
export async function loadPeople({ house, password }: Loading, people: readonly DemoPerson[], ids: Ids): Promise<void> {
  for (const person of people) {
    const place = must(await house.findPlace(person.placeSlug), "the person's place was opened");
    const userId = newId();
    ids.keep(`person/${person.id}`, userId);
    await house.database.inPlace(place.placeId, async (tx) => {
      await openDemonstrationAccount(tx, { userId, email: person.email, name: person.name, language: "en", password });
      for (const role of person.roles)
        await insertHolding(tx, place.placeId, {
          holdingId: newId(),
          userId,
          role: role.replaceAll(" ", "_") as Role,
          partnerId: person.partnerId === null ? null : ids.of(`partner/${person.partnerId}`),
          areaId:
            person.neighbourhoodSlug === undefined || WHOLE_PLACE.includes(role)
              ? null
              : ids.of(`${person.placeSlug}/${person.neighbourhoodSlug}`),
          grantedBy: "demonstration",
        });
    });
  }
}
