/** The values made last, by their keys; the one made longest ago goes first. */
export type Recent<V> = {
  readonly get: (key: string) => V | undefined;
  readonly keep: (key: string, value: V) => V;
};

export function openRecent<V>(most: number): Recent<V> {
  const kept = new Map<string, V>();
  return {
    get: (key) => kept.get(key),
    keep: (key, value) => {
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined && !kept.has(key)) kept.delete(oldest);
      kept.set(key, value);
      return value;
    },
  };
}

/** A key that says everything of a value which is plain data. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === "bigint" ? `${item}n` : item));
}
