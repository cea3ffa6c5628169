/** How much waits for the reader to authorise at a place, with the way there: for the pages that people begin at. */
import { findWaitingFor } from "../../../approvals/index.ts";
import { readAt } from "../../reading.ts";
import { placeAddress } from "./addresses.ts";
import type { Exchange } from "./place-page.ts";
import { placeWords } from "./words.ts";

/** Null where nothing does. */
export async function toAuthorise({ request }: Exchange, slug: string) {
  const waiting = await readAt(request, slug, findWaitingFor);
  const count = waiting?.length ?? 0;
  if (count === 0) return null;
  const text = placeWords(request.visit.language)("approvalsWaiting", { count });
  return { text, href: `${placeAddress(slug, "approvals")}?state=for_you` };
}
