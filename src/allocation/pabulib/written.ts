/**
 * A Pabulib file as what is written anew: every voter and project with all their columns, for a clean file or another format.
 * Lists lose their spaces and empty items, the word None becomes nothing, and `target` takes the name that the page has for it
 * since April 2026, beneficiaries. What was counted in the file (votes, scores, num_votes) is left out: the writer counts.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { listItems, trimmed } from "./columns.ts";
import { type Document, type DocumentRow, readDocument } from "./document.ts";
import type { Faults, Section } from "./faults.ts";
import { readElection } from "./read-election.ts";
import type { Voter, WrittenElection, WrittenProject } from "./write-election.ts";

export function readWritten(bytes: Uint8Array): Result<WrittenElection, { code: "not_countable"; faults: Faults }> {
  const { election, meta, faults } = readElection(bytes);
  const document = readDocument(bytes);
  if (election === null || !document.ok) return refuse({ code: "not_countable", faults });
  const { voteType } = election;
  const projects = rowsOf(document.value, "PROJECTS").map((row): WrittenProject => {
    const { project_id: id = "", cost = "", target, votes: _, score: __, ...others } = row;
    return { id, cost, columns: filled({ ...(target !== undefined && { beneficiaries: target }), ...others }) };
  });
  const pointed = election.ballots.points !== null;
  const voters = rowsOf(document.value, "VOTES").map((row): Voter => {
    const { voter_id: id = "", vote = "", points = "", ...others } = row;
    return { id, choices: listItems(vote), ...(pointed && { points: listItems(points) }), columns: filled(others) };
  });
  const budget = meta.get("budget") ?? "";
  return accept({ voteType, budget, meta, projects, voters });
}

/** Each row of a section by the names of its columns. */
function rowsOf({ rows }: Document, section: Section): readonly Readonly<Record<string, string>>[] {
  const within = rows.filter((row) => row.section === section);
  const names =
    within.find(({ kind }) => kind === "columns")?.cells.map(({ text }) => trimmed(text).toLowerCase()) ?? [];
  return within.filter(({ kind }) => kind === "data").map((row) => named(row, names));
}

function named({ cells }: DocumentRow, names: readonly string[]): Readonly<Record<string, string>> {
  const row: Record<string, string> = Object.create(null) as Record<string, string>;
  names.forEach((name, at) => {
    const text = trimmed(cells[at]?.text ?? "");
    // An id is text: a project or a voter may be called None.
    const isMissing = text.toLowerCase() === "none" && name !== "project_id" && name !== "voter_id";
    if (!(name in row)) row[name] = isMissing ? "" : text;
  });
  return row;
}

function filled(columns: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(columns).filter(([name]) => name !== ""));
}
