/**
 * What the words of `ballot count` ask for. The defaults stand here and nowhere else: they are those of the command, and are echoed
 * in its answer; the counter has none.
 */
import { parseArgs } from "node:util";
import {
  COMPARISONS,
  COMPLETIONS,
  type Election,
  type Parameters,
  RULES,
  STARTS,
  STOPS,
  UTILITIES,
} from "../../allocation/index.ts";

export const COUNT_USE =
  "ballot count FILE.pb --rule greedy|equal-shares|phragmen|max-welfare [--utility cost|cardinality|points|borda] [--completion none|greedy|add1|add1-greedy] [--stop exhaustive|overspend] [--start fractional|integral] [--ties project-id|cost-votes-lot] [--seed TEXT] [--explain] [--project ID] [--replay OUT] [--json]";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  rule: text,
  utility: text,
  completion: text,
  stop: text,
  start: text,
  ties: text,
  seed: text,
  misfit: text,
  comparison: text,
  threshold: text,
  incompatible: { type: "string", multiple: true },
  limits: flag,
  "part-funding": flag,
  explain: flag,
  project: text,
  replay: text,
  json: flag,
} as const;

export type Asked = {
  readonly path: string;
  readonly explain: boolean;
  /** The only project to explain; null for all. */
  readonly project: string | null;
  readonly replay: string | null;
  readonly json: boolean;
  /** Needs the election: projects are named by their ids, limits and a threshold may be the file's own. */
  readonly parametersFor: (election: Election) => Parameters | string;
};

/** What is asked, or one sentence on what is wrong. */
export function readAsked(words: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  const [path] = positionals;
  if (path === undefined) return "Say which file to count.";
  const choices = {
    rule: oneOf("rule", values.rule, RULES),
    utility: oneOf("utility", values.utility ?? "cost", UTILITIES),
    completion: oneOf("completion", values.completion ?? "none", COMPLETIONS),
    stop: oneOf("stop", values.stop ?? "exhaustive", STOPS),
    start: oneOf("start", values.start ?? "fractional", STARTS),
    ties: oneOf("ties", values.ties ?? "project-id", ["project-id", "cost-votes-lot"] as const),
    misfit: oneOf("misfit", values.misfit ?? "skip", ["skip", "stop"] as const),
    comparison: oneOf("comparison", values.comparison ?? "none", COMPARISONS),
  };
  for (const choice of Object.values(choices)) if ("wrong" in choice) return choice.wrong;
  const seed = values.seed ?? "";
  const lot = chosen(choices.ties) === "cost-votes-lot";
  if (lot && seed === "") return "A lot needs its seed, fixed before the count: give it with --seed.";
  if (!lot && seed !== "") return "--seed is read only with --ties cost-votes-lot.";
  const { threshold } = values;
  if (threshold !== undefined && threshold !== "file" && !/^\d{1,15}$/.test(threshold))
    return "--threshold is a whole number of votes, or the word file for the file's own.";
  return {
    path,
    explain: values.explain === true || values.project !== undefined,
    project: values.project ?? null,
    replay: values.replay ?? null,
    json: values.json === true,
    parametersFor: (election) => {
      const incompatible = (values.incompatible ?? []).map((group) => placesOf(election, group));
      const unknown = incompatible.find((group) => typeof group === "string");
      if (typeof unknown === "string") return unknown;
      if (values.project !== undefined && placeOf(election, values.project) === -1)
        return `--project names ${values.project}, which is no project of this file.`;
      return {
        rule: chosen(choices.rule),
        utility: chosen(choices.utility),
        completion: chosen(choices.completion),
        stop: chosen(choices.stop),
        start: chosen(choices.start),
        ties: lot ? { kind: "cost-votes-lot", seed } : { kind: "project-id" },
        misfit: chosen(choices.misfit),
        comparison: chosen(choices.comparison),
        partFunding: values["part-funding"] === true,
        conditions: {
          threshold:
            threshold === undefined
              ? null
              : thresholdOf(election, { given: threshold, utility: chosen(choices.utility) }),
          incompatible: incompatible.filter((group) => typeof group !== "string"),
          limits: values.limits === true ? election.limits : [],
        },
      };
    },
  };
}

type Choice<T extends string> = { readonly value: T } | { readonly wrong: string };

function oneOf<const T extends string>(name: string, given: string | undefined, all: readonly T[]): Choice<T> {
  const value = all.find((one) => one === given);
  if (value !== undefined) return { value };
  const found = given === undefined ? "is missing" : `is "${given}"`;
  return { wrong: `--${name} ${found}. It is one of ${all.join(", ")}.` };
}

function chosen<T extends string>(choice: Choice<T>): T {
  if ("value" in choice) return choice.value;
  throw new Error(choice.wrong);
}

function placeOf({ projects }: Election, id: string): number {
  return projects.findIndex((project) => project.id === id);
}

function placesOf(election: Election, group: string): readonly number[] | string {
  const places: number[] = [];
  for (const id of group.split(",")) {
    const place = placeOf(election, id.trim());
    if (place === -1) return `--incompatible names ${id.trim()}, which is no project of this file.`;
    places.push(place);
  }
  return places.length > 1 ? places : "--incompatible names two projects or more, for example --incompatible A,B.";
}

/** In what the rule adds up: points as the election writes them, or votes. */
function thresholdOf(
  election: Election,
  { given, utility }: { readonly given: string; readonly utility: string },
): bigint | null {
  const finest = 10n ** BigInt(election.pointPlaces);
  const threshold = given === "file" ? election.threshold : BigInt(given) * finest;
  if (threshold === null || utility === "points") return threshold;
  return (threshold + finest - 1n) / finest;
}
