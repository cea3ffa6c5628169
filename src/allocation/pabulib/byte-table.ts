/**
 * Which number an id has, found by its bytes: no text is made for a choice of a ballot. Ids are numbered in the order in which
 * they are added. An open-addressed table with the keys' bytes in one buffer (Knuth, "The Art of Computer Programming",
 * volume 3, section 6.4).
 *
 * The hash is public, so somebody can write thousands of ids that have one: a search therefore looks at a bounded number of slots. A
 * key that finds none of them free is kept apart by its text, in a map of the language's own, whose hash nobody knows beforehand.
 */
export type ByteTable = {
  size: number;
  /** The number of the key in each slot, plus one; nought where the slot is free. */
  slots: Int32Array;
  hashes: Int32Array;
  keyStarts: Int32Array;
  keys: Uint8Array;
  /** The numbers of keys that found no slot near enough, by `textOf`. */
  readonly crowded: Map<string, number>;
};

export type Key = { readonly source: Uint8Array; readonly from: number; readonly to: number };

/** A key whose hash was made while its end was sought: `hashByte` over its bytes, from HASH_START. */
export type HashedKey = Key & { readonly hash: number };

export const HASH_START = 0;

/** How many slots are looked at for a key: of a million ids that nobody crafted, none stands farther. */
export const MOST_STEPS = 64;
const NOWHERE = -1;

/** Of up to four bytes the hash is those bytes themselves; from the fifth on, what is pushed out at the top is mixed in. */
export function hashByte(hash: number, byte: number): number {
  return ((hash << 8) + byte + (hash >>> 24) * 31) | 0;
}

export function newByteTable(expected = 64): ByteTable {
  let slots = 64;
  while (slots < expected * 2) slots *= 2;
  return {
    size: 0,
    slots: new Int32Array(slots),
    hashes: new Int32Array(slots / 2),
    keyStarts: new Int32Array(slots / 2 + 1),
    keys: new Uint8Array(slots * 4),
    crowded: new Map(),
  };
}

/** The number of the key; -1 where it was never added. */
export function findKey(table: ByteTable, key: HashedKey): number {
  const slot = slotOf(table, key, mixed(key.hash));
  return slot === NOWHERE ? (table.crowded.get(textOf(key)) ?? -1) : (table.slots[slot] ?? 0) - 1;
}

/** The number of the key, which is added where it is new: it is new when the answer is what `size` was before. */
export function addKey(table: ByteTable, key: Key): number {
  const { source, from, to } = key;
  let bytes = HASH_START;
  for (let at = from; at < to; at += 1) bytes = hashByte(bytes, source[at] ?? 0);
  const hash = mixed(bytes);
  const slot = slotOf(table, key, hash);
  const known = slot === NOWHERE ? (table.crowded.get(textOf(key)) ?? -1) : (table.slots[slot] ?? 0) - 1;
  if (known >= 0) return known;
  const number = table.size;
  keepBytes(table, key);
  table.hashes[number] = hash;
  if (slot === NOWHERE) table.crowded.set(textOf(key), number);
  else table.slots[slot] = number + 1;
  table.size = number + 1;
  if (table.size * 2 >= table.slots.length) grow(table);
  return number;
}

function keepBytes(table: ByteTable, { source, from, to }: Key): void {
  const start = table.keyStarts[table.size] ?? 0;
  const end = start + to - from;
  if (end > table.keys.length) {
    const keys = new Uint8Array(Math.max(table.keys.length * 2, end));
    keys.set(table.keys);
    table.keys = keys;
  }
  for (let at = from; at < to; at += 1) table.keys[start + at - from] = source[at] ?? 0;
  table.keyStarts[table.size + 1] = end;
}

const bytesAsText = new TextDecoder("latin1");

/** A character for each byte, behind a mark: a text of figures alone has a hash that anybody can work out. */
function textOf({ source, from, to }: Key): string {
  return `:${bytesAsText.decode(source.subarray(from, to))}`;
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
}

/** Where the key stands or is to stand; NOWHERE where all slots that are looked at hold others. */
function slotOf({ slots, hashes, keys, keyStarts }: ByteTable, { source, from, to }: Key, hash: number): number {
  const mask = slots.length - 1;
  let slot = hash & mask;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const number = (slots[slot] ?? 0) - 1;
    if (number < 0) return slot;
    if (hashes[number] === hash) {
      const start = keyStarts[number] ?? 0;
      if ((keyStarts[number + 1] ?? 0) - start === to - from) {
        // Keys of one length and up to four bytes are the same where their hashes are.
        let at = to - from <= 4 ? to : from;
        while (at < to && keys[start + at - from] === source[at]) at += 1;
        if (at === to) return slot;
      }
    }
    slot = (slot + 1) & mask;
  }
  return NOWHERE;
}

/** All keys find their slots anew, so that none is missed by a search that ends at a free one. */
function grow(table: ByteTable): void {
  const slots = new Int32Array(table.slots.length * 2);
  const hashes = new Int32Array(table.hashes.length * 2);
  const keyStarts = new Int32Array(hashes.length + 1);
  hashes.set(table.hashes);
  keyStarts.set(table.keyStarts);
  table.slots = slots;
  table.hashes = hashes;
  table.keyStarts = keyStarts;
  table.crowded.clear();
  for (let number = 0; number < table.size; number += 1) placeAgain(table, number);
}

function placeAgain({ slots, hashes, keys, keyStarts, crowded }: ByteTable, number: number): void {
  const mask = slots.length - 1;
  let slot = (hashes[number] ?? 0) & mask;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (slots[slot] === 0) {
      slots[slot] = number + 1;
      return;
    }
    slot = (slot + 1) & mask;
  }
  crowded.set(textOf({ source: keys, from: keyStarts[number] ?? 0, to: keyStarts[number + 1] ?? 0 }), number);
}
