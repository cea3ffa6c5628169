/** The command that gives the same result on anybody's own machine, as it is typed. */
import type { Choice, FileShown } from "../../../decisions/index.ts";

export function recountCommand(file: Pick<FileShown, "name">, choice: Choice): string {
  const { rule, utility, completion, stop, start, ties, seed, misfit, comparison, partFunding, conditions } = choice;
  const raises = completion?.startsWith("add1") === true;
  const words = [
    ["--rule", rule],
    ["--utility", utility],
    ...(completion === null ? [] : [["--completion", completion]]),
    ...(raises
      ? [
          ["--stop", stop],
          ["--start", start],
        ]
      : []),
    ["--ties", ties],
    ...(ties === "cost-votes-lot" ? [[`--seed=${quoted(seed)}`]] : []),
    ...(misfit === "skip" ? [] : [["--misfit", misfit]]),
    ...(comparison === "none" ? [] : [["--comparison", comparison]]),
    ...(partFunding ? [["--part-funding"]] : []),
    ...(conditions === "file" ? [["--threshold", "file"], ["--limits"]] : []),
  ];
  return ["bin/onepot ballot count", pathOf(file), ...words.flat(), "--explain --replay replay.json"].join(" ");
}

export function verifyCommand(file: Pick<FileShown, "name">): string {
  return `bin/onepot ballot verify replay.json ${pathOf(file)}`;
}

/** A name that begins like an option is one of this folder. */
function pathOf({ name }: Pick<FileShown, "name">): string {
  return quoted(name.startsWith("-") ? `./${name}` : name);
}

/** For a shell: a name with a space or a sign in it stands in quotes. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
