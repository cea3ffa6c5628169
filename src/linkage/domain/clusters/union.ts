/**
 * Which things are joined, directly or through others. Source: Robert Tarjan, "Efficiency of a Good But Not Linear Set Union Algorithm",
 * JACM 22, 1975, with the halving of paths.
 */
export class Union {
  readonly #above: Int32Array;
  readonly #sizes: Int32Array;

  constructor(count: number) {
    this.#above = Int32Array.from({ length: count }, (_, at) => at);
    this.#sizes = new Int32Array(count).fill(1);
  }

  find(one: number): number {
    let at = one;
    while (this.#above[at] !== at) {
      const above = this.#above[at] as number;
      this.#above[at] = this.#above[above] as number;
      at = this.#above[at] as number;
    }
    return at;
  }

  sizeOf(one: number): number {
    return this.#sizes[this.find(one)] as number;
  }

  /** Joins two; false where they were joined already. */
  join(one: number, other: number): boolean {
    let a = this.find(one);
    let b = this.find(other);
    if (a === b) return false;
    if ((this.#sizes[a] as number) < (this.#sizes[b] as number)) [a, b] = [b, a];
    this.#above[b] = a;
    this.#sizes[a] = (this.#sizes[a] as number) + (this.#sizes[b] as number);
    return true;
  }

  /** The cluster of each, numbered from 0 in the order in which they are met. */
  clusters(): Int32Array {
    const numbers = new Int32Array(this.#above.length).fill(-1);
    let next = 0;
    return Int32Array.from(this.#above, (_, at) => {
      const root = this.find(at);
      if (numbers[root] === -1) numbers[root] = next++;
      return numbers[root] as number;
    });
  }
}
