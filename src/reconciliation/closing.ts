/**
 * What reconciling wants done before a period is closed: each pot that paid anything is reconciled to its host's own ledger
 * and signed by two. A host that has never sent a listing is a reminder; one that has must be reconciled or explained.
 */
import type { ClosingItem, ClosingSource } from "../platform/closing.ts";
import { findReconciled } from "./store/closing.ts";

const MOST_NAMED = 3;

export const reconciliationClosing: ClosingSource = async (tx, { placeId, book, from, to }) => {
  const pots = await findReconciled(tx, { placeId, book, from, to });
  const open = pots.filter(({ listed, signed }) => listed && !signed).map(({ pot }) => pot);
  const unlisted = pots.filter(({ listed }) => !listed).map(({ pot }) => pot);
  const items: ClosingItem[] = [
    {
      item: "reconciliation",
      state: open.length === 0 ? "done" : "stop",
      count: open.length,
      title: {
        en: "Reconciled to the host's ledger and signed",
        cy: "Wedi'i gysoni â chyfriflyfr y lletywr a'i lofnodi",
      },
      words:
        open.length === 0
          ? {
              en: "Every pot with a listing is signed by two people.",
              cy: "Mae dau berson wedi llofnodi pob cronfa sydd â rhestr.",
            }
          : { en: `Not signed by two yet: ${named(open)}.`, cy: `Heb eu llofnodi gan ddau eto: ${named(open)}.` },
      path: "/reconciliation",
    },
  ];
  if (unlisted.length > 0)
    items.push({
      item: "extracts",
      state: "waits",
      count: unlisted.length,
      title: { en: "Extracts of the host's ledger", cy: "Detholiadau o gyfriflyfr y lletywr" },
      words: {
        en: `None was ever taken in for ${named(unlisted)}.`,
        cy: `Ni chymerwyd yr un i mewn erioed ar gyfer ${named(unlisted)}.`,
      },
      path: "/reconciliation",
    });
  return items;
};

function named(pots: readonly string[]): string {
  const more = pots.length - MOST_NAMED;
  return `${pots.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` (+${more})` : ""}`;
}
