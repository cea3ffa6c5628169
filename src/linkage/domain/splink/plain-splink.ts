/**
 * A second implementation of what a Splink model means, for tests alone: every two records of a small table, the levels in turn straight
 * from the JSON, each condition worked by hand for the text that it is. No parser, no codes, nothing remembered.
 */

export type PlainRow = Readonly<Record<string, string | null>>;

type Level = {
  readonly sql_condition: string;
  readonly is_null_level?: boolean;
  readonly m_probability?: number;
  readonly u_probability?: number;
  readonly tf_adjustment_column?: string;
  readonly tf_adjustment_weight?: number;
  readonly tf_minimum_u_value?: number;
};

export type PlainModel = {
  readonly probability_two_random_records_match: number;
  readonly link_type: string;
  readonly blocking_rules_to_generate_predictions: readonly { readonly blocking_rule: string }[];
  readonly comparisons: readonly {
    readonly output_column_name: string;
    readonly comparison_levels: readonly Level[];
  }[];
};

/** Whether a condition holds for the left and the right row. */
export type PlainConditions = Readonly<Record<string, (left: PlainRow, right: PlainRow) => boolean>>;

export type PlainPair = { readonly left: number; readonly right: number; readonly weight: number };

/** The rows are in the order of their ids. */
export function plainSplink(
  rows: readonly PlainRow[],
  { model, conditions }: { readonly model: PlainModel; readonly conditions: PlainConditions },
): readonly PlainPair[] {
  const pairs: PlainPair[] = [];
  const holds = (text: string, [left, right]: readonly [PlainRow, PlainRow]) => {
    const condition = conditions[text];
    if (condition === undefined) throw new Error(`no condition by hand for ${text}`);
    return condition(left, right);
  };
  rows.forEach((left, one) => {
    rows.slice(one + 1).forEach((right, rest) => {
      if (model.link_type === "link_only" && left["file"] === right["file"]) return;
      const two = [left, right] as const;
      if (!model.blocking_rules_to_generate_predictions.some((rule) => holds(rule.blocking_rule, two))) return;
      const prior = model.probability_two_random_records_match;
      let odds = prior / (1 - prior);
      for (const { output_column_name: column, comparison_levels: levels } of model.comparisons) {
        const level = levels.find((each) => each.sql_condition === "ELSE" || holds(each.sql_condition, two));
        if (level === undefined || level.is_null_level === true) continue;
        odds *= (level.m_probability ?? 0) / (level.u_probability ?? 0);
        odds *= termFactor(rows, { level, levels, two, column });
      }
      pairs.push({ left: one, right: one + 1 + rest, weight: Math.log2(odds) });
    });
  });
  return pairs;
}

type Terms = {
  readonly level: Level;
  readonly levels: readonly Level[];
  readonly two: readonly [PlainRow, PlainRow];
  readonly column: string;
};

/** (u of exact agreement / how frequent the more frequent of both terms is) to the power of the weight. */
function termFactor(rows: readonly PlainRow[], { level, levels, two, column }: Terms): number {
  const name = level.tf_adjustment_column;
  if (name === undefined) return 1;
  const known = rows.filter((row) => row[name] !== null).length;
  const share = (value: string | null | undefined) => rows.filter((row) => row[name] === value).length / known;
  const exact = levels.find(({ sql_condition: text }) => text === `"${column}_l" = "${column}_r"`)?.u_probability ?? 0;
  const most = Math.max(share(two[0][name]), share(two[1][name]), level.tf_minimum_u_value ?? 0);
  return (exact / most) ** (level.tf_adjustment_weight ?? 1);
}
