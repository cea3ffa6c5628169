/**
 * Which groups of voters cast each distinct ballot: what fair shares by age, sex, place or way of voting are counted from. Only
 * the columns asked for are kept, as numbers of voters for each ballot and group; no voter can be told from another.
 */
import { addKey, type ByteTable, newByteTable } from "./byte-table.ts";
import { type Columns, cellOf } from "./columns.ts";
import { type ElectionRead, readWatched } from "./read-election.ts";
import { isMissing, openCell, openText, type Rows } from "./rows.ts";

export type GroupingAsked = {
  readonly column: string;
  /** For ages: the first year of each band but the youngest; [18, 65] gives 0-17, 18-64 and 65+. */
  readonly bandStarts?: readonly number[];
};

/** Ballot b was cast by `voters[i]` voters of group `groups[i]`, for i from `starts[b]` up to `starts[b + 1]`. */
export type Grouping = {
  readonly column: string;
  /** As the file writes them, in the order first met; null for voters of whom it says nothing. */
  readonly names: readonly (string | null)[];
  /** How many voters each group has. */
  readonly sizes: Uint32Array;
  readonly starts: Uint32Array;
  readonly groups: Uint32Array;
  readonly voters: Uint32Array;
};

export type GroupsRead = ElectionRead & {
  /** The columns that the file has of its voters. */
  readonly columns: readonly string[];
  /** Those asked for that the file has; none where it cannot be counted. */
  readonly groupings: readonly Grouping[];
};

/** `onProgress` as `readElection` has it. */
export function readGroups(
  bytes: Uint8Array,
  { asked, ...watched }: { readonly asked: readonly GroupingAsked[]; readonly onProgress?: (share: number) => void },
): GroupsRead {
  let open: readonly OpenGrouping[] = [];
  const voters: OpenVoters = { size: 0, ballots: new Uint32Array(1024) };
  let names: readonly string[] = [];
  const onColumns = (columns: Columns) => {
    names = [...columns.cells.keys()].filter((name) => !["voter_id", "vote", "points"].includes(name));
    open = asked.filter(({ column }) => names.includes(column)).map((one) => openGrouping(one, columns));
  };
  const onBallot = ({ ballot, rows }: { readonly ballot: number; readonly rows: Rows }) => {
    if (voters.size === voters.ballots.length) voters.ballots = doubled(voters.ballots);
    voters.ballots[voters.size] = ballot;
    for (const grouping of open) joinGroup(grouping, { voter: voters.size, rows });
    voters.size += 1;
  };
  const read = readWatched(bytes, { strict: false, watch: { ...watched, onColumns, onBallot } });
  const ballots = read.election?.ballots.weights.length ?? 0;
  const groupings = read.election ? open.map((grouping) => closeGrouping(grouping, { voters, ballots })) : [];
  return { ...read, columns: names, groupings };
}

type OpenVoters = { size: number; ballots: Uint32Array };

type OpenGrouping = {
  readonly asked: GroupingAsked;
  readonly cell: number;
  /** Names as written, each with the group it falls in. */
  readonly table: ByteTable;
  readonly groupOfName: number[];
  readonly names: (string | null)[];
  readonly groupOf: Map<string | null, number>;
  groups: Uint32Array;
};

function openGrouping(asked: GroupingAsked, columns: Columns): OpenGrouping {
  return {
    asked,
    cell: cellOf(columns, asked.column),
    table: newByteTable(),
    groupOfName: [],
    names: [],
    groupOf: new Map(),
    groups: new Uint32Array(1024),
  };
}

function joinGroup(grouping: OpenGrouping, { voter, rows }: { readonly voter: number; readonly rows: Rows }): void {
  const { table, groupOfName } = grouping;
  openCell(rows, grouping.cell);
  if (isMissing(rows)) rows.to = rows.from;
  const known = table.size;
  const name = addKey(table, rows);
  if (name === known) groupOfName.push(groupNamed(grouping, rows.from === rows.to ? null : openText(rows)));
  if (voter >= grouping.groups.length) grouping.groups = doubled(grouping.groups);
  grouping.groups[voter] = groupOfName[name] ?? 0;
}

function groupNamed({ asked, names, groupOf }: OpenGrouping, written: string | null): number {
  const name = written === null || !asked.bandStarts ? written : bandOf(written, asked.bandStarts);
  const known = groupOf.get(name);
  if (known !== undefined) return known;
  groupOf.set(name, names.length);
  names.push(name);
  return names.length - 1;
}

/** The band of an age in years; anything else, such as a band that the file itself gives, stays as written. */
function bandOf(written: string, bandStarts: readonly number[]): string {
  if (!/^\d{1,3}$/.test(written)) return written;
  const age = Number(written);
  const starts = [0, ...bandStarts].sort((one, other) => one - other);
  const index = starts.findLastIndex((start) => start <= age);
  const next = starts[index + 1];
  return next === undefined ? `${starts[index]}+` : `${starts[index]}-${next - 1}`;
}

/** Voters counted by ballot and group, with one pass to find room for each ballot and one to fill it. */
function closeGrouping(
  { asked, names, groups }: OpenGrouping,
  { voters, ballots }: { readonly voters: OpenVoters; readonly ballots: number },
): Grouping {
  const sizes = new Uint32Array(names.length);
  const counts = new Map<number, number>();
  for (let voter = 0; voter < voters.size; voter += 1) {
    const group = groups[voter] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
    const pair = (voters.ballots[voter] ?? 0) * names.length + group;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const pairs = Float64Array.from(counts.keys()).sort();
  const starts = new Uint32Array(ballots + 1);
  for (const pair of pairs) {
    const ballot = Math.floor(pair / names.length);
    starts[ballot + 1] = (starts[ballot + 1] ?? 0) + 1;
  }
  for (let ballot = 0; ballot < ballots; ballot += 1)
    starts[ballot + 1] = (starts[ballot + 1] ?? 0) + (starts[ballot] ?? 0);
  return {
    column: asked.column,
    names,
    sizes,
    starts,
    groups: Uint32Array.from(pairs, (pair) => pair % names.length),
    voters: Uint32Array.from(pairs, (pair) => counts.get(pair) ?? 0),
  };
}

function doubled(numbers: Uint32Array): Uint32Array {
  const wider = new Uint32Array(numbers.length * 2);
  wider.set(numbers);
  return wider;
}
