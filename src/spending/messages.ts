/** Why an import of published spending, or a look at it, can be refused. */

import { explainTableRefusal, type TableRefusal } from "../platform/tables/index.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { MappingRefusal } from "./domain/mapping.ts";
import { explainMapping, roleNames } from "./domain/messages.ts";
import type { Role } from "./domain/roles.ts";

export type SpendingRefusal =
  | { readonly code: "file_not_read"; readonly table: TableRefusal }
  | { readonly code: "columns_not_known"; readonly mapping: MappingRefusal }
  | { readonly code: "role_twice"; readonly role: Role; readonly columns: readonly string[] }
  | { readonly code: "lines_refused"; readonly refusedCount: number }
  | { readonly code: "no_lines" }
  | { readonly code: "publisher_not_known" }
  | { readonly code: "publisher_not_yours" }
  | { readonly code: "upload_not_found" }
  | { readonly code: "spend_file_not_found" }
  | { readonly code: "spend_line_not_found" };

export const spendingRefusals: Catalogue<SpendingRefusal> = {
  file_not_read: {
    status: 422,
    field: "file",
    en: ({ table }) => explainTableRefusal("en", table),
    cy: ({ table }) => explainTableRefusal("cy", table),
  },
  columns_not_known: {
    status: 422,
    field: "columns",
    en: ({ mapping }) => explainMapping("en", mapping),
    cy: ({ mapping }) => explainMapping("cy", mapping),
  },
  role_twice: {
    status: 422,
    field: "columns",
    en: ({ role, columns }) =>
      `“${roleNames.en[role]}” was chosen for the columns ${columns.join(" and ")}. Choose it for one of them.`,
    cy: ({ role, columns }) =>
      `Dewiswyd “${roleNames.cy[role]}” ar gyfer y colofnau ${columns.join(" a ")}. Dewiswch hi ar gyfer un ohonynt.`,
  },
  lines_refused: {
    status: 422,
    field: "acceptRefused",
    en: ({ refusedCount }) =>
      `${refusedCount} ${refusedCount === 1 ? "row" : "rows"} cannot be read, so nothing was stored. Correct the file, or accept that they are left out.`,
    cy: ({ refusedCount }) =>
      `Ni ellir darllen ${refusedCount} rhes, felly ni storiwyd dim. Cywirwch y ffeil, neu derbyniwch eu gadael allan.`,
  },
  no_lines: {
    status: 422,
    field: "file",
    en: () => "No payment could be read in this file. Check that it is the right file and that its columns are right.",
    cy: () =>
      "Ni ellid darllen unrhyw daliad yn y ffeil hon. Gwiriwch mai dyma'r ffeil gywir a bod ei cholofnau'n gywir.",
  },
  publisher_not_known: {
    status: 422,
    field: "publisher",
    en: () =>
      "Say which partner published this file: this place has more than one council. Give its name, or the council's own address as the place.",
    cy: () =>
      "Dywedwch pa bartner a gyhoeddodd y ffeil hon: mae gan y lle hwn fwy nag un cyngor. Rhowch ei enw, neu gyfeiriad y cyngor ei hun fel y lle.",
  },
  publisher_not_yours: {
    status: 403,
    field: "publisher",
    en: () =>
      "You may import only what your own partner published. Name that partner, or ask the publisher to send it.",
    cy: () =>
      "Dim ond yr hyn a gyhoeddodd eich partner eich hun y cewch ei fewnforio. Enwch y partner hwnnw, neu gofynnwch i'r cyhoeddwr ei anfon.",
  },
  upload_not_found: {
    status: 404,
    en: () => "This upload is no longer here. Upload the file again.",
    cy: () => "Nid yw'r uwchlwythiad hwn yma mwyach. Uwchlwythwch y ffeil eto.",
  },
  spend_file_not_found: {
    status: 404,
    en: () => "There is no such file of spending here. Choose one from the list of files.",
    cy: () => "Nid oes ffeil wariant o'r fath yma. Dewiswch un o'r rhestr ffeiliau.",
  },
  spend_line_not_found: {
    status: 404,
    en: () => "There is no such line in this file. Look for it among the payments.",
    cy: () => "Nid oes llinell o'r fath yn y ffeil hon. Chwiliwch amdani ymhlith y taliadau.",
  },
};
