/**
 * Pictures drawn last, by what they show: a picture is made of nothing but its model, and one page's is asked for by many
 * readers. Drawing one takes a millisecond or two, finding it again a tenth.
 */
import type { ChartModel } from "./chart.ts";

const MOST_KEPT = 100;

export function drawnOnce<M extends ChartModel, Drawn>(draw: (model: M) => Drawn): (model: M) => Drawn {
  const drawnBefore = new Map<string, Drawn>();
  return (model) => {
    const key = JSON.stringify(model, (_, value) => (typeof value === "bigint" ? String(value) : value));
    const before = drawnBefore.get(key);
    if (before !== undefined) return before;
    const drawn = draw(model);
    const [oldest] = drawnBefore.keys();
    if (drawnBefore.size >= MOST_KEPT && oldest !== undefined) drawnBefore.delete(oldest);
    drawnBefore.set(key, drawn);
    return drawn;
  };
}
