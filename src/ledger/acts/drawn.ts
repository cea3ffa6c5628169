/**
 * The line of an act that says what it draws on: the shares as they were given, or the rule by which the ledger will draw
 * on the act's day. Never today's draw, which any other payment from the pot would change.
 */
import type { Day } from "../../lib/day.ts";
import { formatPounds } from "../../lib/pence.ts";
import type { PlaceContext, ShownLine } from "../../platform/use-case/index.ts";
import type { DrawOrder, Share } from "../domain/draw.ts";
import { ruleHistory } from "../domain/rule-history.ts";
import type { Name, Names } from "../store/acts.ts";
import { listDrawOrders } from "../store/draw-orders.ts";
import { line } from "./lines.ts";

const ORDERS = {
  most_restricted: {
    en: "The most restricted money first: ring-fenced before free, then the earliest end",
    cy: "Yr arian mwyaf cyfyngedig yn gyntaf: yr arian a glustnodwyd cyn yr arian rhydd, yna'r un sy'n dod i ben gyntaf",
  },
  oldest_first: {
    en: "The stream that started first is drawn on first",
    cy: "Tynnir o'r ffrwd a ddechreuodd gyntaf yn gyntaf",
  },
  in_proportion: {
    en: "Each stream in the share in which its money stands there",
    cy: "Pob ffrwd yn ôl cyfran ei harian yno",
  },
  stated_order: {
    en: "In the order stated by the agreement, then the most restricted first",
    cy: "Yn y drefn y mae'r cytundeb yn ei nodi, yna'r mwyaf cyfyngedig yn gyntaf",
  },
} as const satisfies Readonly<Record<DrawOrder["order"], Name>>;

type Drawing = {
  readonly shares: readonly Share[] | null;
  readonly names: Names;
  readonly potId: string;
  readonly day: Day;
};

export async function drawnLine(ctx: PlaceContext, { shares, names, potId, day }: Drawing): Promise<ShownLine> {
  if (shares !== null) {
    const listed = (language: "en" | "cy") =>
      shares
        .map(({ streamId, amountPence }) => {
          const name = names.streams[streamId]?.[language] ?? streamId;
          return `${formatPounds(amountPence)}: ${name}`;
        })
        .join("; ");
    return line("shares", { en: listed("en"), cy: listed("cy") });
  }
  const orders = ruleHistory(await listDrawOrders(ctx.tx, ctx.place.placeId, potId), day);
  const current = orders.find(({ state }) => state === "in_force");
  if (current === undefined) return line("shares", ORDERS.most_restricted);
  const { en, cy } = ORDERS[current.order];
  // The clause, so that whoever authorises it can look it up; and the streams, which decide it.
  const [inEnglish, inWelsh] = [
    current.streams.map(({ stream }) => stream),
    current.streams.map(({ stream, streamWelsh }) => streamWelsh ?? stream),
  ].map((names) => [...names.map((name, index) => `${index + 1}. ${name}`), current.clause].join("; "));
  return line("shares", { en: `${en} (${inEnglish})`, cy: `${cy} (${inWelsh})` });
}
