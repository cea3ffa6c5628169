/** Whether each ballot keeps to what META allows: how many choices, what they cost together, how many points, and all by category. */
import { boundOf, boundsOf } from "./check-meta.ts";
import { listItems } from "./columns.ts";
import { atPlaces, type Decimal, writeDecimal } from "./decimal.ts";
import type { FaultCode } from "./faults.ts";
import type { Meta, Settings } from "./meta.ts";
import type { ProjectsRead } from "./projects.ts";
import { reportCell } from "./reading.ts";
import { hasPoints, type Voting } from "./votes.ts";

type Checked = { readonly meta: Meta; readonly settings: Settings; readonly read: ProjectsRead };
type Check = (voting: Voting, cell: number) => void;

export function ballotChecks(checked: Checked): Check {
  const { voteType } = checked.settings;
  const checks = [
    voteType === "choose-1" ? checkOne : lengthCheck(checked),
    costCheck(checked),
    hasPoints(voteType) ? pointCheck(checked) : null,
    hasPoints(voteType) ? pointSumCheck(checked) : null,
    categoryCheck(checked),
  ].filter((check) => check !== null);
  return (voting, cell) => {
    for (const check of checks) check(voting, cell);
  };
}

/** How many items the ballot lists, those that are no projects too; empty ones are none. */
function itemsOn({ written }: Voting): number {
  let items = 0;
  for (let item = 0; item < written.length; item += 1) if ((written.projects[item] ?? -2) !== -2) items += 1;
  return items;
}

function checkOne(voting: Voting, cell: number): void {
  const items = itemsOn(voting);
  if (items !== 1) reportCell(voting.reading, { code: "ballot_not_one", cell, found: String(items), expected: "1" });
}

type Bounds = { readonly least: Decimal | null; readonly most: Decimal | null };
type Codes = { readonly low: FaultCode; readonly high: FaultCode };

function bounds(meta: Meta, name: string): Bounds | null {
  const [least, most] = [boundOf(meta, `min_${name}`), boundOf(meta, `max_${name}`)];
  return least === null && most === null ? null : { least, most };
}

/** The code of the bound that an amount in 10^-places breaks, with the bound. */
function broken(
  { least, most }: Bounds,
  { amount, places, codes }: { readonly amount: bigint; readonly places: number; readonly codes: Codes },
): { readonly code: FaultCode; readonly expected: string } | null {
  const exceeds = (bound: Decimal) => {
    const shared = Math.max(places, bound.places);
    return amount * 10n ** BigInt(shared - places) - atPlaces(bound, shared);
  };
  if (least !== null && exceeds(least) < 0n) return { code: codes.low, expected: `≥ ${writeDecimal(least)}` };
  if (most !== null && exceeds(most) > 0n) return { code: codes.high, expected: `≤ ${writeDecimal(most)}` };
  return null;
}

function lengthCheck({ meta }: Checked): Check | null {
  const allowed = bounds(meta, "length");
  if (allowed === null) return null;
  const codes: Codes = { low: "ballot_short", high: "ballot_long" };
  const least = Number(allowed.least?.digits ?? 0n);
  const most = Number(allowed.most?.digits ?? BigInt(Number.MAX_SAFE_INTEGER));
  return (voting, cell) => {
    const items = itemsOn(voting);
    if (items >= least && items <= most) return;
    const fault = broken(allowed, { amount: BigInt(items), places: 0, codes });
    if (fault) reportCell(voting.reading, { ...fault, cell, found: String(items) });
  };
}

function costCheck({ meta, read }: Checked): Check | null {
  const allowed = bounds(meta, "sum_cost");
  if (allowed === null) return null;
  const codes: Codes = { low: "ballot_cost_low", high: "ballot_cost_high" };
  const places = read.projects.reduce((most, { cost }) => Math.max(most, cost.places), 0);
  const costs = read.projects.map(({ cost }) => atPlaces(cost, places));
  return (voting, cell) => {
    const { written } = voting;
    let amount = 0n;
    for (let item = 0; item < written.length; item += 1) amount += costs[written.projects[item] ?? -1] ?? 0n;
    const fault = broken(allowed, { amount, places, codes });
    if (fault) reportCell(voting.reading, { ...fault, cell, found: writeDecimal({ digits: amount, places }) });
  };
}

function pointCheck({ meta }: Checked): Check | null {
  const allowed = bounds(meta, "points");
  if (allowed === null) return null;
  const codes: Codes = { low: "points_low", high: "points_high" };
  return ({ reading, written, merge }, cell) => {
    const places = merge.pointPlaces;
    for (let item = 0; item < written.length; item += 1) {
      const amount = BigInt(written.points[item] ?? 0);
      const fault = broken(allowed, { amount, places, codes });
      if (!fault) continue;
      reportCell(reading, { ...fault, cell, found: writeDecimal({ digits: amount, places }) });
      return;
    }
  };
}

function pointSumCheck({ meta }: Checked): Check | null {
  const allowed = bounds(meta, "sum_points");
  if (allowed === null) return null;
  const codes: Codes = { low: "points_sum_low", high: "points_sum_high" };
  return ({ reading, written, merge }, cell) => {
    const places = merge.pointPlaces;
    let amount = 0n;
    for (let item = 0; item < written.length; item += 1) amount += BigInt(written.points[item] ?? 0);
    const fault = broken(allowed, { amount, places, codes });
    if (fault) reportCell(reading, { ...fault, cell, found: writeDecimal({ digits: amount, places }) });
  };
}

type CategoryBounds = { readonly name: string; readonly lengths: Bounds; readonly costs: Bounds };

function categoryCheck({ meta, read }: Checked): Check | null {
  const limits = categoryBounds(meta, read);
  if (limits.length === 0) return null;
  const places = read.projects.reduce((most, { cost }) => Math.max(most, cost.places), 0);
  const lengthCodes: Codes = { low: "category_length_low", high: "category_length_high" };
  const costCodes: Codes = { low: "category_cost_low", high: "category_cost_high" };
  return ({ reading, written }, cell) => {
    for (const { name, lengths, costs } of limits) {
      let length = 0n;
      let cost = 0n;
      for (let item = 0; item < written.length; item += 1) {
        const project = read.projects[written.projects[item] ?? -1];
        if (!project?.categories.includes(name)) continue;
        length += 1n;
        cost += atPlaces(project.cost, places);
      }
      if (length === 0n && lengths.least === null && costs.least === null) continue;
      const many = broken(lengths, { amount: length, places: 0, codes: lengthCodes });
      if (many) reportCell(reading, { ...many, cell, found: `${name}: ${length}` });
      const dear = broken(costs, { amount: cost, places, codes: costCodes });
      if (dear) reportCell(reading, { ...dear, cell, found: `${name}: ${writeDecimal({ digits: cost, places })}` });
    }
  };
}

/** More categories than any place has: every ballot is held against each of them. */
const MOST_CATEGORIES = 200;

/** The bounds of each category: a single number holds for all of them, a list runs beside META's categories. */
function categoryBounds(meta: Meta, read: ProjectsRead): readonly CategoryBounds[] {
  const keys = ["min_length", "max_length", "min_sum_cost", "max_sum_cost"].map((key) => `${key}_per_category`);
  const [shortest = [], longest = [], cheapest = [], dearest = []] = keys.map((key) => boundsOf(meta, key));
  if ([shortest, longest, cheapest, dearest].every((list) => list.length === 0)) return [];
  const listed = listItems(meta.get("categories")?.value ?? "");
  const names = listed.length > 0 ? listed : [...new Set(read.projects.flatMap(({ categories }) => categories))];
  const at = (list: readonly (Decimal | null)[], index: number) => (list.length === 1 ? list[0] : list[index]) ?? null;
  return names.slice(0, MOST_CATEGORIES).map((name, index) => ({
    name,
    lengths: { least: at(shortest, index), most: at(longest, index) },
    costs: { least: at(cheapest, index), most: at(dearest, index) },
  }));
}
