/**
 * Ballots merged as they come: a ballot is put together choice by choice, then cast, and where one like it was cast before
 * only its weight grows. What is kept is the distinct ballots in typed arrays, so memory goes by their number and not by the
 * voters' (in Pabulib's files the median is 18 distinct ballots for 100 voters). A ballot is sought among those of its hash, in a
 * bounded number of slots, for somebody may cast thousands of one hash; what finds none free is kept apart, as in `byte-table.ts`.
 */
import type { Ballots } from "../election.ts";
import { MOST_STEPS } from "./byte-table.ts";

export type BallotMerge = {
  /** Whether the order of choices counts; where it does not, they are sorted before ballots are compared. */
  readonly ordered: boolean;
  readonly withPoints: boolean;
  cast: number;
  size: number;
  weights: Uint32Array;
  starts: Uint32Array;
  choices: Uint32Array;
  points: Float64Array;
  pointPlaces: number;
  hashes: Int32Array;
  /** The number of the ballot in each slot, plus one; nought where the slot is free. */
  slots: Int32Array;
  /** The ballots that found no slot near enough, by `textOf`. */
  readonly crowded: Map<string, number>;
  /** The ballot that is being put together. */
  length: number;
  hand: Uint32Array;
  handPoints: Float64Array;
  /** For each project the last ballot, counted from 1, that named it. */
  readonly namedBy: Uint32Array;
};

export function newBallotMerge(form: {
  readonly ordered: boolean;
  readonly withPoints: boolean;
  readonly projects: number;
  readonly pointPlaces: number;
}): BallotMerge {
  return {
    ordered: form.ordered,
    withPoints: form.withPoints,
    cast: 0,
    size: 0,
    weights: new Uint32Array(1024),
    starts: new Uint32Array(1025),
    choices: new Uint32Array(4096),
    points: new Float64Array(form.withPoints ? 4096 : 0),
    pointPlaces: form.pointPlaces,
    hashes: new Int32Array(1024),
    slots: new Int32Array(4096),
    crowded: new Map(),
    length: 0,
    hand: new Uint32Array(64),
    handPoints: new Float64Array(64),
    namedBy: new Uint32Array(form.projects),
  };
}

/** Puts a choice on the ballot; false, and nothing done, where the ballot names the project already. */
export function choose(merge: BallotMerge, project: number): boolean {
  if (merge.namedBy[project] === merge.cast + 1) return false;
  merge.namedBy[project] = merge.cast + 1;
  if (merge.length === merge.hand.length) growHand(merge);
  merge.hand[merge.length] = project;
  if (merge.withPoints) merge.handPoints[merge.length] = 0;
  merge.length += 1;
  return true;
}

/** Gives the choice that was put on the ballot last its points, a whole number in 10^-pointPlaces. */
export function givePoints(merge: BallotMerge, points: number): void {
  merge.handPoints[merge.length - 1] = points;
}

function growHand(merge: BallotMerge): void {
  const hand = new Uint32Array(merge.hand.length * 2);
  const handPoints = new Float64Array(hand.length);
  hand.set(merge.hand);
  handPoints.set(merge.handPoints);
  merge.hand = hand;
  merge.handPoints = handPoints;
}

/** Casts the ballot that was put together and gives the place of its like among the distinct ones. */
export function castBallot(merge: BallotMerge): number {
  if (!merge.ordered) sortHand(merge);
  const hash = hashOf(merge, IN_HAND);
  const slot = slotOf(merge, hash);
  const known = slot === NOWHERE ? (merge.crowded.get(textOf(merge, IN_HAND)) ?? -1) : (merge.slots[slot] ?? 0) - 1;
  merge.cast += 1;
  const ballot = known >= 0 ? known : addHand(merge, hash, slot);
  merge.weights[ballot] = (merge.weights[ballot] ?? 0) + 1;
  merge.length = 0;
  return ballot;
}

/** Writes all points, those in hand too, with more decimals than before; false where one would no longer be exact. */
export function widenPoints(merge: BallotMerge, places: number): boolean {
  const factor = 10 ** (places - merge.pointPlaces);
  const total = merge.starts[merge.size] ?? 0;
  for (let at = 0; at < total; at += 1) {
    const wide = (merge.points[at] ?? 0) * factor;
    if (!Number.isSafeInteger(wide)) return false;
    merge.points[at] = wide;
  }
  for (let at = 0; at < merge.length; at += 1) {
    const wide = (merge.handPoints[at] ?? 0) * factor;
    if (!Number.isSafeInteger(wide)) return false;
    merge.handPoints[at] = wide;
  }
  merge.pointPlaces = places;
  for (let ballot = 0; ballot < merge.size; ballot += 1) merge.hashes[ballot] = hashOf(merge, ballot);
  fillSlots(merge);
  return true;
}

export function closeBallots({ cast, size, weights, starts, choices, points, withPoints }: BallotMerge): Ballots {
  const total = starts[size] ?? 0;
  return {
    cast,
    weights: weights.slice(0, size),
    starts: starts.slice(0, size + 1),
    choices: choices.slice(0, total),
    points: withPoints ? points.slice(0, total) : null,
  };
}

const FEW = 24;

function sortHand(merge: BallotMerge): void {
  const { hand, handPoints, length, withPoints } = merge;
  if (length > FEW) {
    sortLong(merge);
    return;
  }
  for (let at = 1; at < length; at += 1) {
    const project = hand[at] ?? 0;
    let to = at - 1;
    if ((hand[to] ?? 0) <= project) continue;
    const points = withPoints ? (handPoints[at] ?? 0) : 0;
    for (; to >= 0 && (hand[to] ?? 0) > project; to -= 1) {
      hand[to + 1] = hand[to] ?? 0;
      if (withPoints) handPoints[to + 1] = handPoints[to] ?? 0;
    }
    hand[to + 1] = project;
    if (withPoints) handPoints[to + 1] = points;
  }
}

function sortLong({ hand, handPoints, length }: BallotMerge): void {
  const order = Array.from({ length }, (_, at) => at).sort((one, other) => (hand[one] ?? 0) - (hand[other] ?? 0));
  const projects = order.map((at) => hand[at] ?? 0);
  const points = order.map((at) => handPoints[at] ?? 0);
  hand.set(projects);
  handPoints.set(points);
}

/** The hash of a distinct ballot, or of the one in hand; cheap before it is compiled, for most of a reading is over by then. */
function hashOf(merge: BallotMerge, ballot: number): number {
  const held = ballot === IN_HAND;
  const choices = held ? merge.hand : merge.choices;
  const start = held ? 0 : (merge.starts[ballot] ?? 0);
  const end = held ? merge.length : (merge.starts[ballot + 1] ?? 0);
  let hash = end - start;
  for (let at = start; at < end; at += 1) hash = (hash << 9) ^ (hash >>> 23) ^ (choices[at] ?? 0);
  if (!merge.withPoints) return mixed(hash);
  const points = held ? merge.handPoints : merge.points;
  for (let at = start; at < end; at += 1) {
    const value = points[at] ?? 0;
    hash = Math.imul(hash ^ (value | 0) ^ Math.trunc(value / 0x100000000), 0x45d9f3b);
    hash ^= hash >>> 15;
  }
  return mixed(hash);
}

const IN_HAND = -1;
const NOWHERE = -1;

/** Where the like of the ballot in hand stands, or is to stand; NOWHERE where all slots that are looked at hold others. */
function slotOf(merge: BallotMerge, hash: number): number {
  const { slots, hashes } = merge;
  const mask = slots.length - 1;
  let slot = hash & mask;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const known = slots[slot] ?? 0;
    if (known === 0 || (hashes[known - 1] === hash && isHand(merge, known - 1))) return slot;
    slot = (slot + 1) & mask;
  }
  return NOWHERE;
}

/** Tells distinct ballots apart: the choices and the points, of a distinct ballot or of the one in hand. */
function textOf(merge: BallotMerge, ballot: number): string {
  const held = ballot === IN_HAND;
  const start = held ? 0 : (merge.starts[ballot] ?? 0);
  const end = held ? merge.length : (merge.starts[ballot + 1] ?? 0);
  const choices = (held ? merge.hand : merge.choices).subarray(start, end);
  // The mark is there without points too: a text of figures alone has a hash that anybody can work out.
  return `${choices.join()};${merge.withPoints ? (held ? merge.handPoints : merge.points).subarray(start, end).join() : ""}`;
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
}

function isHand(
  { starts, choices, points, hand, handPoints, length, withPoints }: BallotMerge,
  ballot: number,
): boolean {
  const start = starts[ballot] ?? 0;
  if ((starts[ballot + 1] ?? 0) - start !== length) return false;
  for (let at = 0; at < length; at += 1) {
    if (choices[start + at] !== hand[at]) return false;
    if (withPoints && points[start + at] !== handPoints[at]) return false;
  }
  return true;
}

function addHand(merge: BallotMerge, hash: number, slot: number): number {
  const ballot = merge.size;
  if (ballot + 1 >= merge.weights.length) growBallots(merge);
  const start = merge.starts[ballot] ?? 0;
  const end = start + merge.length;
  if (end > merge.choices.length) growChoices(merge, end);
  for (let at = 0; at < merge.length; at += 1) {
    merge.choices[start + at] = merge.hand[at] ?? 0;
    if (merge.withPoints) merge.points[start + at] = merge.handPoints[at] ?? 0;
  }
  merge.starts[ballot + 1] = end;
  merge.hashes[ballot] = hash;
  if (slot === NOWHERE) merge.crowded.set(textOf(merge, IN_HAND), ballot);
  else merge.slots[slot] = ballot + 1;
  merge.size = ballot + 1;
  if (merge.size * 2 >= merge.slots.length) {
    merge.slots = new Int32Array(merge.slots.length * 2);
    fillSlots(merge);
  }
  return ballot;
}

function growBallots(merge: BallotMerge): void {
  const room = merge.weights.length * 2;
  const weights = new Uint32Array(room);
  const starts = new Uint32Array(room + 1);
  const hashes = new Int32Array(room);
  weights.set(merge.weights);
  starts.set(merge.starts);
  hashes.set(merge.hashes);
  merge.weights = weights;
  merge.starts = starts;
  merge.hashes = hashes;
}

function growChoices(merge: BallotMerge, least: number): void {
  const room = Math.max(merge.choices.length * 2, least);
  const choices = new Uint32Array(room);
  choices.set(merge.choices);
  merge.choices = choices;
  if (!merge.withPoints) return;
  const points = new Float64Array(room);
  points.set(merge.points);
  merge.points = points;
}

function fillSlots(merge: BallotMerge): void {
  merge.slots.fill(0);
  merge.crowded.clear();
  for (let ballot = 0; ballot < merge.size; ballot += 1) placeAgain(merge, ballot);
}

function placeAgain(merge: BallotMerge, ballot: number): void {
  const { slots, hashes } = merge;
  const mask = slots.length - 1;
  let slot = (hashes[ballot] ?? 0) & mask;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (slots[slot] === 0) {
      slots[slot] = ballot + 1;
      return;
    }
    slot = (slot + 1) & mask;
  }
  merge.crowded.set(textOf(merge, ballot), ballot);
}
