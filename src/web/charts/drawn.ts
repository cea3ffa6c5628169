/**
 * Pictures drawn last, by what they show: a picture is made of nothing but its model, and one page's is asked for by many
 * readers. Drawing one takes a millisecond or two, finding it again a tenth.
 */
import { keyOf, openRecent } from "../../lib/recent.ts";
import type { ChartModel } from "./chart.ts";

const MOST_KEPT = 100;

export function drawnOnce<M extends ChartModel, Drawn>(draw: (model: M) => Drawn): (model: M) => Drawn {
  const drawn = openRecent<Drawn>(MOST_KEPT);
  return (model) => {
    const key = keyOf(model);
    return drawn.get(key) ?? drawn.keep(key, draw(model));
  };
}
