/** Why a record cannot be followed. */
import type { Catalogue } from "../platform/use-case/index.ts";

export type TraceRefusal = { readonly code: "record_not_found"; readonly record: string };

export const traceRefusals: Catalogue<TraceRefusal> = {
  record_not_found: {
    status: 404,
    field: "record",
    en: ({ record }) =>
      `This place has no record of money with the id ${record}. Copy it from a page or a list, and check the place.`,
    cy: ({ record }) =>
      `Nid oes gan y lle hwn gofnod arian â'r rhif ${record}. Copïwch ef o dudalen neu restr, a gwiriwch y lle.`,
  },
};
