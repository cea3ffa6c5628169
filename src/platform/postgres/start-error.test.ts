/** What PostgreSQL's programs and the operating system say, and the sentence people get. */
import { describe, expect, test } from "vitest";
import { explainOutput, explainSystemError } from "./start-error.ts";

const outputs = `
  initdb: error: could not create directory "x/base": No space left on device | The disk is full
  FATAL:  could not write lock file "postmaster.pid": No space left on device | The disk is full
  initdb: error: could not write file: Disk quota exceeded | The disk is full
  FATAL:  could not extend file "base/1/2": wrote only 4096 of 8192 bytes at block 7 | The disk is full
  FATAL:  could not write to file "pg_wal/xlogtemp.7": File too large | The length of files is limited
  FATAL:  could not create lock file "postmaster.pid": Read-only file system | on a read-only disk
  FATAL:  data directory "x" has wrong ownership | may not read and write
  initdb: error while loading shared libraries: libicuuc.so.60: cannot open | it lacks libicuuc.so.60
  initdb: error: could not look up effective user ID 1234: user does not exist | User 1234 has no name
  FATAL:  could not map anonymous shared memory: Cannot allocate memory | too little memory
  FATAL:  could not create any Unix-domain sockets | could not open its socket
  2026-01-01 UTC [7] FATAL:  strange things. | could not start: strange things (the whole story is in /d/postgres.log)
`;

const codes = `
  ENOSPC | The disk is full
  EFBIG | The length of files is limited
  EROFS | read-only disk
  EACCES | may not read and write
  ENOTDIR | part of its path is not a folder
  EIO | cannot be used
`;

const rows = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()) as [string, string]);

describe("one sentence, without a stack", () => {
  test.each(rows(outputs))("%s", (output, sentence) => {
    const { message } = explainOutput(`starting\n${output}\n`, { folder: "/d", logFile: "/d/postgres.log" });
    expect(message).toContain(sentence);
    expect(message).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test.each(rows(codes))("%s", (code, sentence) => {
    const { message } = explainSystemError(Object.assign(new Error(code), { code }), "/d");
    expect(message).toContain(sentence);
    expect(message).toMatch(/^[A-Z][^\n]*\.$/);
  });
});
