/**
 * What is wrong with a file of an election, and where. An error makes it uncountable; a warning is read over, and said: a file
 * that lies about its counts is still read. Every fault is counted; a hundred at most are kept, the first of each kind first,
 * so that ninety thousand of one kind cannot hide the only one of another.
 */
export const GRADES = {
  empty_file: "error",
  not_this_format: "error",
  not_utf8: "error",
  quote_not_closed: "error",
  no_meta: "error",
  no_projects_section: "error",
  no_votes_section: "error",
  section_repeated: "error",
  budget_missing: "error",
  budget_unreadable: "error",
  vote_type_missing: "error",
  vote_type_unknown: "error",
  setting_unreadable: "error",
  default_score_too_much: "error",
  column_missing: "error",
  no_projects: "error",
  project_without_id: "error",
  project_repeated: "error",
  cost_unreadable: "error",
  points_unreadable: "error",
  points_length: "error",
  ranks_unclear: "error",
  choice_without_voter: "error",
  section_order: "warning",
  row_outside_section: "warning",
  meta_header: "warning",
  meta_key_repeated: "warning",
  meta_key_missing: "warning",
  column_repeated: "warning",
  voter_column_missing: "warning",
  cells_missing: "warning",
  cells_extra: "warning",
  decimal_comma: "warning",
  list_space: "warning",
  list_item_empty: "warning",
  limits_unclear: "warning",
  voter_without_id: "warning",
  voter_repeated: "warning",
  choice_unknown: "warning",
  choice_none: "warning",
  choice_repeated: "warning",
  points_unused: "warning",
  target_renamed: "warning",
  number_unreadable: "warning",
  line_empty: "warning",
  cell_space: "warning",
  projects_miscounted: "warning",
  ballots_miscounted: "warning",
  votes_miscounted: "warning",
  score_miscounted: "warning",
  ballot_short: "warning",
  ballot_long: "warning",
  ballot_not_one: "warning",
  ballot_cost_low: "warning",
  ballot_cost_high: "warning",
  points_low: "warning",
  points_high: "warning",
  points_sum_low: "warning",
  points_sum_high: "warning",
  category_length_low: "warning",
  category_length_high: "warning",
  category_cost_low: "warning",
  category_cost_high: "warning",
  category_unlisted: "warning",
  neighbourhood_unlisted: "warning",
  project_id_comma: "warning",
  cost_above_budget: "warning",
  funded_above_budget: "warning",
  funded_withdrawn: "warning",
  funded_below_threshold: "warning",
  unfunded_fits: "warning",
  selected_unknown: "warning",
  coordinate_outside: "warning",
  date_shape: "warning",
  dates_reversed: "warning",
  language_shape: "warning",
  currency_shape: "warning",
  flag_unknown: "warning",
  fully_funded_untrue: "warning",
  comment_shape: "warning",
  rule_unknown: "warning",
} as const satisfies Readonly<Record<string, "error" | "warning">>;

export type FaultCode = keyof typeof GRADES;
export type Section = "META" | "PROJECTS" | "VOTES";

export type Fault = {
  readonly code: FaultCode;
  readonly grade: "error" | "warning";
  /** The line and the character in it, both from 1. */
  readonly line: number;
  readonly column: number;
  readonly section: Section | null;
  /** What stands there, as written and cut to eighty characters, and what would be right: never words of one language. */
  readonly found: string;
  readonly expected: string;
};

export type Faults = {
  /** In order of line; a hundred at most. */
  readonly kept: readonly Fault[];
  readonly total: number;
  readonly errors: number;
  readonly byCode: ReadonlyMap<FaultCode, number>;
};

export type FaultList = { readonly kept: Fault[]; readonly counts: Map<FaultCode, number> };

const KEPT = 100;
const FOUND_CHARACTERS = 80;

export function newFaultList(): FaultList {
  return { kept: [], counts: new Map() };
}

/** Counts a fault and says whether its words are still wanted. */
export function countFault(list: FaultList, code: FaultCode): boolean {
  const count = (list.counts.get(code) ?? 0) + 1;
  list.counts.set(code, count);
  return count <= KEPT;
}

export function keepFault(list: FaultList, fault: Omit<Fault, "grade">): void {
  list.kept.push({ ...fault, grade: GRADES[fault.code], found: cut(fault.found), expected: cut(fault.expected) });
}

function cut(text: string): string {
  if (text.length <= FOUND_CHARACTERS) return text;
  return `${[...text.slice(0, FOUND_CHARACTERS * 2)].slice(0, FOUND_CHARACTERS - 1).join("")}…`;
}

export function hasErrors(list: FaultList): boolean {
  for (const code of list.counts.keys()) if (GRADES[code] === "error") return true;
  return false;
}

export function closeFaultList({ kept, counts }: FaultList): Faults {
  let total = 0;
  let errors = 0;
  for (const [code, count] of counts) {
    total += count;
    if (GRADES[code] === "error") errors += count;
  }
  const inOrder = [...kept].sort((one, other) => one.line - other.line || one.column - other.column);
  return { kept: inOrder.length <= KEPT ? inOrder : firstOfEachKind(inOrder), total, errors, byCode: counts };
}

/** A hundred faults: errors before warnings, then each kind's first, each kind's second and so on; again in order of line. */
function firstOfEachKind(inOrder: readonly Fault[]): readonly Fault[] {
  const met = new Map<FaultCode, number>();
  const ranked = inOrder.map((fault, order) => {
    const rank = met.get(fault.code) ?? 0;
    met.set(fault.code, rank + 1);
    return { fault, order, rank };
  });
  const grade = (fault: Fault) => (fault.grade === "error" ? 0 : 1);
  ranked.sort(
    (one, other) => one.rank - other.rank || grade(one.fault) - grade(other.fault) || one.order - other.order,
  );
  return ranked
    .slice(0, KEPT)
    .sort((one, other) => one.order - other.order)
    .map(({ fault }) => fault);
}
