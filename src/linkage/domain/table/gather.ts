/**
 * Gathers the rows of files into records. Columns of several files are the same where their headings are. The ids are those of the
 * column that is named, else of the first column that has no value twice; they are never compared.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";
import { headingWords } from "./normalise.ts";
import { GrowingColumn, type Records, type RecordsRefusal } from "./records.ts";

export type GatherOptions = {
  /** The heading of the column of ids; the first unique column where there is none. */
  readonly id: string | null;
  /** Headings of columns that are left out as if they were not there. */
  readonly ignore: readonly string[];
  /** Values are kept letter by letter, as another program's model means them. */
  readonly asWritten?: boolean;
};

/** One column of one file while it is read: its texts are kept back for as long as none stands twice, since it may be the ids. */
type FileColumn = {
  readonly heading: string;
  readonly into: GrowingColumn | null;
  readonly named: boolean;
  readonly seen: Set<string>;
  ids: string[] | null;
  repeats: number;
  example: string;
  empty: number;
};

type FileRows = { readonly name: string; readonly first: number; readonly columns: FileColumn[]; count: number };

/** Takes files row by row: `open` with the headings, `take` for each row, and `finish` after the last file. */
export class Gathering {
  readonly #options: GatherOptions;
  readonly #columns = new Map<string, GrowingColumn>();
  readonly #files: FileRows[] = [];
  #count = 0;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  open(name: string, headings: readonly string[]): Result<null, RecordsRefusal> {
    const ignored = new Set(this.#options.ignore.map(sameHeading));
    const columns: FileColumn[] = [];
    const keys = new Set<string>();
    const { id } = this.#options;
    for (const cell of headings) {
      const heading = cell.trim();
      const key = sameHeading(heading);
      if (keys.has(key) && key !== "") return refuse({ code: "column_twice", file: name, column: heading });
      keys.add(key);
      const named = id !== null && key === sameHeading(id);
      const left = key === "" || ignored.has(key);
      if (!left && !named && !this.#columns.has(key)) this.#columns.set(key, this.#growing(heading));
      const into = left || named ? null : (this.#columns.get(key) ?? null);
      const ids = named || (id === null && !left) ? [] : null;
      columns.push({ heading, into, named, seen: new Set(), ids, repeats: 0, example: "", empty: 0 });
    }
    if (id !== null && !columns.some(({ named }) => named))
      return refuse({ code: "column_not_found", file: name, column: id });
    this.#files.push({ name, first: this.#count, columns, count: 0 });
    return accept(null);
  }

  #growing(heading: string): GrowingColumn {
    return this.#options.asWritten === true ? new GrowingColumn(heading, (raw) => raw) : new GrowingColumn(heading);
  }

  take(cells: readonly string[]): void {
    const file = this.#files[this.#files.length - 1] as FileRows;
    const record = this.#count;
    for (let at = 0; at < file.columns.length; at += 1) {
      const column = file.columns[at] as FileColumn;
      const raw = cells[at] ?? "";
      if (column.ids !== null) takeId(file, column, raw.trim());
      if (column.ids === null) column.into?.set(record, raw);
    }
    file.count += 1;
    this.#count += 1;
  }

  finish(): Result<Records, RecordsRefusal> {
    const ids: string[][] = [];
    const idColumns: string[] = [];
    for (const file of this.#files) {
      if (file.count === 0) return refuse({ code: "no_records", file: file.name });
      const column = this.#idColumnOf(file);
      if (!column.ok) return column;
      ids.push(column.value.ids ?? []);
      idColumns.push(column.value.heading);
      for (const other of file.columns) if (other !== column.value && other.ids !== null) release(file, other);
    }
    const idKeys = new Set(idColumns.map(sameHeading));
    const columns = [...this.#columns].filter(([key]) => !idKeys.has(key)).map(([, one]) => one.finish(this.#count));
    const fileOf = new Int32Array(this.#count);
    this.#files.forEach(({ first, count }, at) => {
      fileOf.fill(at, first, first + count);
    });
    const files = numberedNames(this.#files.map(({ name }) => name));
    return accept({ count: this.#count, ids: apart(files, ids), files, fileOf, columns, idColumns });
  }

  #idColumnOf(file: FileRows): Result<FileColumn, RecordsRefusal> {
    const column = file.columns.find((one) => one.ids !== null);
    if (column === undefined) return refuse({ code: "no_ids", file: file.name, records: file.count });
    const about = { file: file.name, column: column.heading };
    if (column.empty > 0) return refuse({ code: "id_missing", ...about, records: column.empty });
    if (column.repeats > 0)
      return refuse({ code: "duplicate_ids", ...about, records: column.repeats, example: column.example });
    return accept(column);
  }
}

function takeId(file: FileRows, column: FileColumn, id: string): void {
  const { seen, ids } = column;
  if (id !== "" && !seen.has(id)) {
    seen.add(id);
    ids?.push(id);
    return;
  }
  if (id === "") column.empty += 1;
  else {
    if (column.repeats === 0) column.example = id;
    column.repeats += 1;
  }
  // Of a column that was named, those that are faulty are counted to the end; any other is now known not to be the ids.
  if (!column.named) release(file, column);
}

/** A column that is not the ids is compared: what was kept back goes where it belongs. */
function release(file: FileRows, column: FileColumn): void {
  column.ids?.forEach((raw, at) => {
    column.into?.set(file.first + at, raw);
  });
  column.ids = null;
  column.seen.clear();
}

function sameHeading(heading: string): string {
  return headingWords(heading).join(" ");
}

/** Two files of one name, from two folders, are told apart by their place. */
function numberedNames(names: readonly string[]): readonly string[] {
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((one) => one === name).length;
    return before === 0 ? name : `${name}#${before + 1}`;
  });
}

/** Ids that stand in more than one file begin with the file's name. */
function apart(files: readonly string[], ids: readonly (readonly string[])[]): readonly string[] {
  const times = new Map<string, number>();
  if (files.length > 1) for (const one of ids) for (const id of one) times.set(id, (times.get(id) ?? 0) + 1);
  return ids.flatMap((one, file) => one.map((id) => ((times.get(id) ?? 1) > 1 ? `${files[file]}:${id}` : id)));
}
