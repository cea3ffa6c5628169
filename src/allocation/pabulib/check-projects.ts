/**
 * What a file says of its projects against what its ballots say: votes and scores counted again, who was funded, and whether
 * the budget bears it. A score is the sum of points; a ranking gives its n choices n, n - 1, … 1, as Pabulib's own checker
 * counts (pabulib/checker, pabulib_helpers/utilities.py), which the Polish files with rankings agree with.
 */
import type { Election } from "../election.ts";
import { cellOf, listItems } from "./columns.ts";
import { atPlaces, parseDecimal, writeDecimal } from "./decimal.ts";
import type { FaultCode } from "./faults.ts";
import { entryOf } from "./limits.ts";
import type { Meta, Settings } from "./meta.ts";
import { isWithdrawn, type ProjectRow, type ProjectsRead } from "./projects.ts";
import { type Reading, reportCell, reportPlace } from "./reading.ts";
import { type Recounted, recountVotes } from "./recount.ts";
import { cellText, nextRow, openCell, openText } from "./rows.ts";

type Checked = {
  readonly meta: Meta;
  readonly settings: Settings;
  readonly read: ProjectsRead;
  /** As it would be if there were no errors. */
  readonly election: Election;
  /** Whether the votes have a column of points: a ranking's score may then be their sum, which is not read. */
  readonly pointed: boolean;
};

type Row = {
  readonly checked: Checked;
  readonly project: ProjectRow;
  readonly index: number;
  readonly recounted: Recounted;
  readonly names: Names;
  /** The cell of each column. */
  readonly cell: (name: string) => number;
};

/** The names that META lists; null where it lists none. */
type Names = { readonly categories: ReadonlySet<string> | null; readonly neighbourhoods: ReadonlySet<string> | null };

function namesIn(meta: Meta): Names {
  const [categories, neighbourhoods] = [["categories"], ["neighborhoods", "neighbourhoods"]].map((keys) => {
    const entry = entryOf(meta, keys);
    return entry ? new Set(listItems(entry.value)) : null;
  });
  return { categories: categories ?? null, neighbourhoods: neighbourhoods ?? null };
}

/** `reading` stands at the start of PROJECTS. */
export function checkProjects(reading: Reading, checked: Checked): void {
  const { read, election } = checked;
  const { rows } = reading;
  const recounted = recountVotes(election);
  const cell = (name: string) => cellOf(read.columns, name);
  const names = namesIn(checked.meta);
  const funded = new Set<number>();
  const unfunded = new Set<number>();
  for (const [index, project] of read.projects.entries()) {
    standAt(reading, project);
    const row = { checked, project, index, recounted, names, cell };
    checkText(reading, row);
    checkCounts(reading, row);
    const selected = cellText(rows, cell("selected"));
    if (selected === "1") funded.add(index);
    if (selected === "0") unfunded.add(index);
    if (selected !== "" && !/^[0-3]$/.test(selected)) {
      reportCell(reading, { code: "selected_unknown", cell: cell("selected"), expected: "0, 1, 2, 3" });
    }
  }
  checkFunded(reading, { checked, recounted, funded, unfunded });
  checkTotals(reading, checked);
}

function checkText(reading: Reading, { checked, project, cell, names }: Row): void {
  const { rows } = reading;
  const { meta, election } = checked;
  if (project.id.includes(",")) reportCell(reading, { code: "project_id_comma", cell: cell("project_id") });
  const budget = writeDecimal({ digits: election.budget, places: election.places });
  if (!isWithdrawn(project) && atPlaces(project.cost, election.places) > election.budget) {
    reportCell(reading, { code: "cost_above_budget", cell: cell("cost"), expected: `≤ ${budget}` });
  }
  for (const name of ["category", "beneficiaries", "target"]) {
    openCell(rows, cell(name));
    if (/\s,|,\s/.test(openText(rows))) reportCell(reading, { code: "list_space", cell: cell(name) });
  }
  const { categories, neighbourhoods } = names;
  const unlisted = project.categories.find((one) => categories !== null && !categories.has(one));
  if (unlisted !== undefined) {
    const expected = meta.get("categories")?.value ?? "";
    reportCell(reading, { code: "category_unlisted", cell: cell("category"), found: unlisted, expected });
  }
  if (neighbourhoods && project.neighbourhood !== null && !neighbourhoods.has(project.neighbourhood)) {
    const at = Math.max(cell("neighborhood"), cell("neighbourhood"));
    const expected = [...neighbourhoods].join(",");
    reportCell(reading, { code: "neighbourhood_unlisted", cell: at, expected });
  }
  checkCoordinate(reading, { cell: cell("latitude"), most: 90 });
  checkCoordinate(reading, { cell: cell("longitude"), most: 180 });
}

function checkCoordinate(reading: Reading, { cell, most }: { readonly cell: number; readonly most: number }): void {
  const written = cellText(reading.rows, cell);
  if (written === "") return;
  const degrees = /^[+-]?\d{1,3}(\.\d+)?$/.test(written) ? Math.abs(Number(written)) : Number.NaN;
  if (!(degrees <= most)) reportCell(reading, { code: "coordinate_outside", cell, expected: `-${most} … ${most}` });
}

function checkCounts(reading: Reading, { checked, index, recounted, cell }: Row): void {
  const { voteType } = checked.settings;
  const { pointPlaces } = checked.election;
  const votes = { digits: BigInt(recounted.votes[index] ?? 0), places: 0 };
  checkCount(reading, { code: "votes_miscounted", cell: cell("votes"), counted: votes });
  const ranked = voteType === "ordinal";
  if (recounted.score === null || (ranked && checked.pointed)) return;
  const score = { digits: recounted.score[index] ?? 0n, places: ranked ? 0 : pointPlaces };
  checkCount(reading, { code: "score_miscounted", cell: cell("score"), counted: score });
}

type Counted = {
  readonly code: FaultCode;
  readonly cell: number;
  readonly counted: { readonly digits: bigint; readonly places: number };
};

function checkCount(reading: Reading, { code, cell, counted }: Counted): void {
  if (cell < 0) return;
  const expected = writeDecimal(counted);
  const written = cellText(reading.rows, cell);
  const said = parseDecimal(written === "" ? "0" : written);
  if (said === null) reportCell(reading, { code: "number_unreadable", cell, expected });
  else if (writeDecimal(said) !== expected) reportCell(reading, { code, cell, expected });
}

type Selection = {
  readonly checked: Checked;
  readonly recounted: Recounted;
  readonly funded: ReadonlySet<number>;
  readonly unfunded: ReadonlySet<number>;
};

/** What is funded against the budget, the threshold and the sign of withdrawal. */
function checkFunded(reading: Reading, selection: Selection): void {
  const { checked, recounted, funded } = selection;
  const { read, election, settings } = checked;
  const cell = cellOf(read.columns, "selected");
  const budget = writeDecimal({ digits: election.budget, places: election.places });
  const results = resultsOf(selection);
  let spent = 0n;
  let told = false;
  for (const index of funded) {
    const project = read.projects[index];
    if (!project) continue;
    standAt(reading, project);
    spent += election.projects[index]?.cost ?? 0n;
    if (isWithdrawn(project)) reportCell(reading, { code: "funded_withdrawn", cell, found: project.id });
    if (spent > election.budget && !told) {
      told = true;
      const found = writeDecimal({ digits: totalOf(selection), places: election.places });
      reportCell(reading, { code: "funded_above_budget", cell, found, expected: `≤ ${budget}` });
    }
    if (settings.threshold === null || (results(index) ?? 0n) >= (election.threshold ?? 0n)) continue;
    const found = String(recounted.votes[index] ?? 0);
    reportCell(reading, {
      code: "funded_below_threshold",
      cell,
      found,
      expected: `≥ ${writeDecimal(settings.threshold)}`,
    });
  }
  const rule = checked.meta.get("rule")?.value ?? "";
  if (funded.size > 0 && (rule === "greedy" || rule === "greedy-threshold")) checkLeftOver(reading, selection);
}

function totalOf({ checked, funded }: Selection): bigint {
  return [...funded].reduce((sum, index) => sum + (checked.election.projects[index]?.cost ?? 0n), 0n);
}

/** What projects are ordered by: points where the file counts them, else votes; in the unit of the threshold. */
function resultsOf({ checked, recounted }: Selection): (index: number) => bigint {
  const { score, votes } = recounted;
  const scored = score !== null && cellOf(checked.read.columns, "score") >= 0;
  return (index) => (scored ? score[index] : BigInt(votes[index] ?? 0)) ?? 0n;
}

/** A greedy rule leaves nothing that still fits: the projects that it should have funded with what is left. */
function checkLeftOver(reading: Reading, selection: Selection): void {
  const { checked, unfunded } = selection;
  const { read, election } = checked;
  const { threshold, places } = election;
  const results = resultsOf(selection);
  const cell = cellOf(read.columns, "selected");
  let left = election.budget - totalOf(selection);
  const inOrder = [...unfunded]
    .map((index) => ({ index, result: results(index) }))
    .filter(({ result }) => result > 0n && (threshold === null || result >= threshold))
    .sort((one, other) => (one.result === other.result ? one.index - other.index : one.result > other.result ? -1 : 1));
  for (const { index } of inOrder) {
    const project = read.projects[index];
    const cost = election.projects[index]?.cost ?? 0n;
    if (!project || cost > left) continue;
    standAt(reading, project);
    const found = writeDecimal({ digits: cost, places });
    const expected = `> ${writeDecimal({ digits: left, places })}`;
    reportCell(reading, { code: "unfunded_fits", cell, found, expected });
    left -= cost;
  }
}

function standAt({ rows }: Reading, { start }: ProjectRow): void {
  rows.at = start.at;
  rows.line = start.line;
  nextRow(rows);
}

/** META's counts, and its word that the budget was enough for everything. */
function checkTotals({ faults }: Reading, { meta, election }: Checked): void {
  const inMeta = { faults, section: "META" } as const;
  const counts = [
    { key: "num_projects", code: "projects_miscounted", counted: election.projects.length },
    { key: "num_votes", code: "ballots_miscounted", counted: election.ballots.cast },
  ] as const;
  for (const { key, code, counted } of counts) {
    const entry = meta.get(key);
    const said = parseDecimal(entry?.value ?? "");
    if (!entry || said === null || writeDecimal(said) === String(counted)) continue;
    reportPlace(inMeta, { code, place: entry.place, found: entry.value, expected: String(counted) });
  }
  const flag = meta.get("fully_funded");
  const all = election.projects.reduce((sum, { cost, withdrawn }) => (withdrawn ? sum : sum + cost), 0n);
  if (flag?.value !== "1" || all <= election.budget) return;
  const { places, budget } = election;
  const found = writeDecimal({ digits: all, places });
  const expected = `≤ ${writeDecimal({ digits: budget, places })}`;
  reportPlace(inMeta, { code: "fully_funded_untrue", place: flag.place, found, expected });
}
