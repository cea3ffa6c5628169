/** `ballot validate FILE.pb`: every fault with its line, column and what was expected; exit code 1 where one hinders a count. */
import { explainFault, type Fault, type Faults, validateElection } from "../../allocation/index.ts";
import type { Output } from "../../cli/index.ts";
import { readBytes, refuseFileOf } from "./read-file.ts";

export async function validateFile(words: readonly string[], output: Output): Promise<number> {
  const json = words.includes("--json");
  const [path] = words.filter((word) => word !== "--json");
  if (path === undefined) {
    output.error("Say which file to check.\nUse: bin/onepot ballot validate FILE.pb [--json]");
    return 2;
  }
  const bytes = await readBytes(path);
  if (typeof bytes === "string") return refuseFileOf(output, { message: bytes, json });
  const faults = validateElection(bytes);
  if (json) output.out(JSON.stringify({ valid: faults.total === 0, ...faultsSaid(faults) }));
  else for (const line of linesOf(path, faults)) output.out(line);
  return faults.errors === 0 ? 0 : 1;
}

function faultsSaid({ kept, total, errors }: Faults) {
  return {
    errors,
    warnings: total - errors,
    faults: kept.map((fault) => ({ ...fault, message: explainFault(fault, "en") })),
  };
}

/** Says of a file with errors why nothing can be done with it: each error with its place; gives the exit code. */
export function refuseFaults(
  output: Output,
  the: {
    readonly message: string;
    readonly faults: Faults;
    readonly json: boolean;
    readonly pathOf: (fault: Fault) => string;
  },
): number {
  const { message, faults } = the;
  const whole = `${message}: ${faults.errors} ${faults.errors === 1 ? "fault hinders" : "faults hinder"} it.`;
  if (the.json) output.out(JSON.stringify({ code: "file_not_countable", message: whole, ...faultsSaid(faults) }));
  else {
    for (const fault of faults.kept) if (fault.grade === "error") output.error(faultLine(the.pathOf(fault), fault));
    output.error(whole);
  }
  return 1;
}

/** As compilers write it, so that an editor opens the place. */
function faultLine(path: string, fault: Fault): string {
  return `${path}:${fault.line}:${fault.column}: ${fault.grade}: ${explainFault(fault, "en")}`;
}

function linesOf(path: string, { kept, total, errors }: Faults): readonly string[] {
  if (total === 0) return [`${path} is as the format asks.`];
  const more = total - kept.length;
  return [
    ...kept.map((fault) => faultLine(path, fault)),
    ...(more > 0 ? [`${more} more are not shown.`] : []),
    errors === 0
      ? `It can be counted. ${total} ${total === 1 ? "thing is" : "things are"} not as the format asks.`
      : `It cannot be counted: ${errors} ${errors === 1 ? "fault hinders" : "faults hinder"} it.`,
  ];
}
