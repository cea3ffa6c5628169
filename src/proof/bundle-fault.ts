/** Ends the verifying of a bundle: a file that is none, or the first row that is not right, named by its part, line and id. */
export class BundleFault extends Error {
  override readonly name = "BundleFault";
  readonly fault: BundleFaultDetail;

  constructor(fault: BundleFaultDetail) {
    super(fault.what);
    this.fault = fault;
  }
}

export type BundleFaultDetail = {
  readonly part: string | null;
  readonly line: number | null;
  readonly id: string | null;
  readonly what: string;
};

/** A row with where it stands, so that it can be named. */
export type Placed<T> = { readonly part: string; readonly line: number; readonly row: T };

/** Rows of a part, one ahead of being taken. */
export type RowReader<T> = {
  readonly peek: () => Promise<Placed<T> | null>;
  readonly take: () => Promise<Placed<T> | null>;
};

export function failFile(what: string, part: string | null = null): never {
  throw new BundleFault({ part, line: null, id: null, what });
}

export function failRow({ part, line, row }: Placed<unknown>, what: string): never {
  throw new BundleFault({ part, line, id: nameOf(row), what });
}

function nameOf(row: unknown): string | null {
  const named = row as Readonly<Record<string, unknown>>;
  if (typeof named["transfer"] === "string" && typeof named["line"] === "number")
    return `${named["transfer"]}, line ${named["line"]}`;
  if (typeof named["subject"] === "string") return `${named["subject"]} ${String(named["key"])}`;
  if (typeof named["id"] === "string") return named["id"];
  if (typeof named["number"] === "string") return `block ${named["number"]}`;
  return typeof named["startsOn"] === "string" ? `${String(named["book"])} ${named["startsOn"]}` : null;
}

/** "transfers.jsonl, line 12 (0199...): its lines do not sum to nought". */
export function wordsOfFault({ part, line, id, what }: BundleFaultDetail): string {
  const where = [part, line === null ? null : `line ${line}`].filter((one) => one !== null).join(", ");
  const named = id === null ? where : `${where} (${id})`;
  return named === "" ? what : `${named}: ${what}`;
}
