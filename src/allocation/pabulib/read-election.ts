/**
 * An election from a Pabulib file (D. Stolicki, S. Szufa and N. Talmon, "Pabulib: A Participatory Budgeting Library", 2020; the
 * format as pabulib.org/format and the library's own checker have it in 2026). One reader serves counting and checking, so the
 * two cannot disagree: a flag says whether everything the page asks is checked on the way.
 */
import { withDefaultScore } from "../default-score.ts";
import type { Ballots, Election } from "../election.ts";
import { type BallotMerge, closeBallots } from "./ballot-merge.ts";
import { newByteTable } from "./byte-table.ts";
import { ballotChecks } from "./check-ballots.ts";
import { checkMeta } from "./check-meta.ts";
import { checkProjects } from "./check-projects.ts";
import type { Columns } from "./columns.ts";
import { atPlaces, atPlacesUp, writeDecimal } from "./decimal.ts";
import { closeFaultList, type FaultList, type Faults, hasErrors, newFaultList, type Section } from "./faults.ts";
import { readLimits } from "./limits.ts";
import { type Meta, readMeta, readSettings, type Settings } from "./meta.ts";
import { type ProjectsRead, projectOf, readProjects } from "./projects.ts";
import { type Reading, reportPlace } from "./reading.ts";
import { openRows } from "./rows.ts";
import { findSections, type Sections } from "./sections.ts";
import { hasPoints, readVotes, type VoteWatch } from "./votes.ts";

/** Every fault that the file has against Pabulib's page, what would not hinder a count too. Never throws, whatever the bytes. */
export function validateElection(bytes: Uint8Array): Faults {
  return readWatched(bytes, { strict: true, watch: {} }).faults;
}

export type ElectionRead = {
  /** Null where there is an error among the faults. */
  readonly election: Election | null;
  /** What META says, without what it leaves empty. */
  readonly meta: ReadonlyMap<string, string>;
  readonly faults: Faults;
};

/** `onProgress` is called a hundred times at most, with the share of the file that is read. */
export function readElection(
  bytes: Uint8Array,
  options: { readonly onProgress?: (share: number) => void } = {},
): ElectionRead {
  return readWatched(bytes, { strict: false, watch: options });
}

/** The same reader, for those inside this folder that look on: which voter cast which ballot. */
export function readWatched(
  bytes: Uint8Array,
  { strict, watch }: { readonly strict: boolean; readonly watch: VoteWatch },
): ElectionRead {
  const faults = newFaultList();
  const file: File = { bytes, faults, strict };
  const sections = findSections(bytes, faults);
  if (sections === null) return { election: null, meta: new Map(), faults: closeFaultList(faults) };
  const meta = readMeta(openSection(file, { sections, section: "META" }), sections);
  const settings = sections.META === null ? null : readSettings({ meta, faults });
  const read =
    sections.PROJECTS === null
      ? NO_PROJECTS
      : readProjects(openSection(file, { sections, section: "PROJECTS" }), sections);
  if (strict) checkMeta({ meta, faults, voteType: settings?.voteType ?? null });
  let election: Election | null = null;
  if (settings !== null && sections.VOTES !== null && read.projects.length > 0) {
    election = countBallots(file, { sections, meta, settings, read, watch });
  }
  const texts = new Map([...meta].map(([key, { value }]) => [key, value]));
  return { election, meta: texts, faults: closeFaultList(faults) };
}

const NO_PROJECTS: ProjectsRead = { projects: [], table: newByteTable(), columns: { count: 0, cells: new Map() } };

type Parts = {
  readonly sections: Sections;
  readonly meta: Meta;
  readonly settings: Settings;
  readonly read: ProjectsRead;
  readonly watch: VoteWatch;
};

function countBallots(file: File, { sections, meta, settings, read, watch }: Parts): Election | null {
  const { faults, strict } = file;
  const { voteType, threshold, defaultScore } = settings;
  const pointPlaces = hasPoints(voteType) ? Math.max(defaultScore.places, threshold?.places ?? 0) : 0;
  const form = { voteType, table: read.table, projects: read.table.size, pointPlaces };
  let pointed = false;
  const onColumns = (columns: Columns) => {
    pointed = columns.cells.has("points");
    if (watch.onColumns) watch.onColumns(columns);
  };
  const checks = strict ? { onColumns, onWritten: ballotChecks({ meta, settings, read }) } : {};
  const reading = openSection(file, { sections, section: "VOTES" });
  const merge = readVotes(reading, { sections, form, watch: { ...watch, ...checks } });
  const election = electionOf({ meta, settings, read, merge, faults });
  if (strict) {
    const inProjects = openSection(file, { sections, section: "PROJECTS" });
    checkProjects(inProjects, { meta, settings, read, election, pointed });
  }
  return hasErrors(faults) ? null : election;
}

type File = { readonly bytes: Uint8Array; readonly faults: FaultList; readonly strict: boolean };

/** A section that is not there reads as an empty one. */
function openSection(
  { bytes, faults, strict }: File,
  { sections, section }: { readonly sections: Sections; readonly section: Section },
): Reading {
  const start = sections[section] ?? { at: bytes.length, line: 1 };
  return { rows: openRows(bytes, start), faults, section, strict };
}

type Whole = {
  readonly meta: Meta;
  readonly settings: Settings;
  readonly read: ProjectsRead;
  readonly merge: BallotMerge;
  readonly faults: FaultList;
};

/** The election that was read; its numbers all in one unit, the finest that any of them needs. */
export function electionOf({ meta, settings, read, merge, faults }: Whole): Election {
  const { voteType, budget, threshold } = settings;
  const places = read.projects.reduce((most, { cost }) => Math.max(most, cost.places), budget.places);
  const { pointPlaces } = merge;
  return {
    voteType,
    places,
    budget: atPlaces(budget, places),
    projects: read.projects.map((project) => projectOf(project, places)),
    ballots: withScores(closeBallots(merge), { meta, settings, read, merge, faults }),
    pointPlaces,
    limits: readLimits({ meta, faults, places }),
    threshold: threshold === null ? null : atPlacesUp(threshold, pointPlaces),
  };
}

/** Scores that are written out at most: a short file can ask for more than any memory holds. */
const MOST_SCORES = 20_000_000;

/** Ballots with the default score for what they leave out; as they were cast where it cannot be written out, and that is said. */
function withScores(ballots: Ballots, { meta, settings, read, merge, faults }: Whole): Ballots {
  const written = settings.defaultScore;
  const score = Number(atPlaces(written, merge.pointPlaces));
  if (score === 0) return ballots;
  const scores = ballots.weights.length * read.projects.length;
  if (Number.isSafeInteger(score) && scores <= MOST_SCORES)
    return withDefaultScore(ballots, { projects: read.projects.length, score });
  const place = meta.get("default_score")?.place ?? { line: 1, column: 1 };
  const fault = Number.isSafeInteger(score)
    ? ({ code: "default_score_too_much", found: String(scores), expected: String(MOST_SCORES) } as const)
    : ({ code: "setting_unreadable", found: writeDecimal(written), expected: "default_score;123" } as const);
  reportPlace({ faults, section: "META" }, { ...fault, place });
  return ballots;
}
