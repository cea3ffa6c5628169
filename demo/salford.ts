/**
 * Greater Manchester with Salford in it: partners, people, streams, pots and every pound from stream to service, made
 * up around the source texts. The Salford pound: attachment fees -> contribution -> Greater Manchester troubled
 * families pot -> "Intensive family key workers in Salford" -> order to Irwell Family Support CIC -> the payment of
 * 15 March 2013 -> key worker in Langworthy -> a count of families too small to publish. Beside it stands Langworthy's own
 * shadow account.
 */
import { allocations } from "./salford/allocations.ts";
import { langworthy } from "./salford/langworthy.ts";
import { commitments, payments } from "./salford/orders.ts";
import { partners, people } from "./salford/partners.ts";
import { contributions, pots } from "./salford/pots.ts";
import { reach, services } from "./salford/services.ts";
import { streams } from "./salford/streams.ts";
import type { DemoLedger } from "./types.ts";

export { langworthyPayment } from "./salford/langworthy.ts";
export { salfordPound } from "./salford/orders.ts";
export { SALFORD_GSS } from "./salford/partners.ts";

export const greaterManchester: DemoLedger = {
  placeSlug: "greater-manchester",
  partners: [...partners, langworthy.provider],
  people,
  streams: [...streams, langworthy.stream],
  pots: [...pots, langworthy.pot],
  contributions: [...contributions, langworthy.contribution],
  allocations: [...allocations, langworthy.allocation],
  commitments: [...commitments, langworthy.commitment],
  payments: [...payments, langworthy.payment],
  services: [...services, langworthy.service],
  reach: [...reach, langworthy.reach],
};
