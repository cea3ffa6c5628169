/** What approvals want done before a period of the real book is closed: nothing that moves money still waits. */
import type { ClosingSource } from "../platform/closing.ts";
import { countHoldingUp } from "./store/approvals.ts";

export const approvalsClosing: ClosingSource = async (tx, { placeId, book }) => {
  if (book === "shadow") return [];
  const count = await countHoldingUp(tx, placeId);
  return [
    {
      item: "approvals",
      state: count === 0 ? "done" : "stop",
      count,
      title: { en: "Nothing waits for a second person", cy: "Nid oes dim yn aros am ail berson" },
      words:
        count === 0
          ? {
              en: "Everything prepared was authorised or ended.",
              cy: "Awdurdodwyd neu daeth popeth a baratowyd i ben.",
            }
          : {
              en: `${count} prepared and not yet authorised, refused or withdrawn.`,
              cy: `${count} wedi'u paratoi a heb eu hawdurdodi, eu gwrthod na'u tynnu'n ôl eto.`,
            },
      path: "/approvals",
    },
  ];
};
