/**
 * Growing a chain level by level: each level asks every kind of record once for all its branches, shows at most so many,
 * and says how many more there are and what they come to. The branches, the rest and the stops of a record sum to it.
 */
import type { Pence } from "../../lib/pence.ts";

export type Sized = { readonly amountPence: Pence };

export type Cut<T> = { readonly shown: readonly T[]; readonly hidden: readonly T[] };

/**
 * Shares out the room of a level: each record first shows its largest branches in turn (one each, then a second each...),
 * so that no record is left without any while another fills the level. The branches shown keep their order.
 */
export function cutLevel<T extends Sized>(groups: readonly (readonly T[])[], limit: number): readonly Cut<T>[] {
  const sorted = groups.map((group) =>
    group
      .map((item, index) => ({ item, index }))
      .sort((a, b) =>
        a.item.amountPence === b.item.amountPence
          ? a.index - b.index
          : a.item.amountPence > b.item.amountPence
            ? -1
            : 1,
      ),
  );
  const rooms = groups.map(() => 0);
  let room = limit;
  for (let turn = 0; room > 0 && sorted.some((group) => group.length > turn); turn += 1) {
    for (const [index, group] of sorted.entries()) {
      if (room === 0 || group.length <= turn) continue;
      rooms[index] = turn + 1;
      room -= 1;
    }
  }
  return sorted.map((group, index) => {
    const size = rooms[index] ?? 0;
    const shown = group.slice(0, size).sort((a, b) => a.index - b.index);
    return { shown: shown.map(({ item }) => item), hidden: group.slice(size).map(({ item }) => item) };
  });
}
