/** Why a search, or a look at what a record is, can be refused. */
import type { Catalogue } from "../platform/use-case/index.ts";

export type SearchRefusal = { readonly code: "record_not_found"; readonly record: string };

export const searchRefusals: Catalogue<SearchRefusal> = {
  record_not_found: {
    status: 404,
    field: "record",
    en: () => "This place has no such record. Check the address, or search for it.",
    cy: () => "Nid oes gan y lle hwn gofnod o'r fath. Gwiriwch y cyfeiriad, neu chwiliwch amdano.",
  },
};
