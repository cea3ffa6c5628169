/** Whoever read our answer may have left, as `bin/onepot … | head` does: what is left unsaid is no fault. */

/** True where an error says that nobody reads any more. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

/** For the streams of this program. */
export function letReadersGo(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      if (!isReaderGone(error)) throw error;
      process.exitCode = 0;
    });
}
