/** A place whose books are filled by a seed, a book taken out as text, and read by a reader of its own that knows nothing of how it was written. */

import { crc32, inflateRawSync } from "node:zlib";
import type { z } from "zod";
import { fillBooks } from "../../test/setup/filled-books.ts";
import { openTestHouse } from "../../test/setup/house.ts";
import type { Credential, House } from "../platform/use-case/index.ts";
import { perform, type UseCase } from "../platform/use-case/index.ts";
import { type BooksExported, exportBooks } from "./export-books.ts";

export const PLACE = "salford";

/** A place with a finance officer and an auditor; its books hold so many transfers. */
export async function openBooksTown(the: { readonly seed: number; readonly transfers: number }) {
  const house = await openTestHouse();
  const placeId = await house.openPlace(PLACE);
  const [finance, auditor] = [
    await house.personWith("finance_officer", { placeId }),
    await house.personWith("auditor", { placeId }),
  ];
  const ask = <I extends z.ZodObject, V, R extends { readonly code: string }>(
    useCase: UseCase<"place", I, V, R>,
    { input, by = finance }: { readonly input: z.input<I>; readonly by?: Credential },
  ) => house.ask(useCase, { by, place: PLACE, input });
  await fillBooks(async (useCase, input) => house.value(await ask(useCase, { input })), the);
  return { house, placeId, finance, auditor, ask };
}

export type BooksTown = Awaited<ReturnType<typeof openBooksTown>>;

type Asked = {
  readonly house: House;
  readonly credential: Credential;
  readonly place: string;
  readonly input: Readonly<Record<string, string>>;
};

export async function takeOut({
  house,
  credential,
  place,
  input,
}: Asked): Promise<BooksExported & { readonly bytes: Buffer }> {
  const pieces: Buffer[] = [];
  const takePiece = async (piece: string | Uint8Array): Promise<void> => {
    pieces.push(Buffer.from(piece));
  };
  const made = await perform(house, exportBooks, {
    credential,
    place,
    input: input as never,
    language: "en",
    takePiece,
  });
  if (!made.ok) throw new Error(`refused: ${JSON.stringify(made.refusal)}`);
  return { ...made.value, bytes: Buffer.concat(pieces) };
}

export type Posting = { readonly day: string; readonly account: string; readonly pence: bigint };
export type ReadJournal = { readonly postings: readonly Posting[]; readonly asserted: readonly Posting[] };

const pence = (text: string): bigint => BigInt(text.replace(".", ""));
const AMOUNT = "(-?\\d+\\.\\d{2})";

/** Both programs' files, line by line: a day begins an entry, an account and an amount a posting. */
export function readJournal(text: string): ReadJournal {
  const postings: Posting[] = [];
  const asserted: Posting[] = [];
  let day = "";
  for (const line of text.split("\n")) {
    const begun = /^(\d{4}-\d\d-\d\d) \*/.exec(line);
    if (begun) day = begun[1] ?? "";
    const balance = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d) balance (\\S+)  ${AMOUNT} ~ 0 GBP$`).exec(line);
    if (balance) asserted.push({ day: balance[1] ?? "", account: balance[2] ?? "", pence: pence(balance[3] ?? "") });
    const posting = new RegExp(`^ +([A-Z]\\S*)  ${AMOUNT} GBP(?: = ${AMOUNT} GBP)?$`).exec(line);
    if (!posting) continue;
    const [, account = "", amount = "", holds] = posting;
    if (holds === undefined) postings.push({ day, account, pence: pence(amount) });
    else asserted.push({ day, account, pence: pence(holds) });
  }
  return { postings, asserted };
}

/** By account, up to and with the day; what is nought is left out. */
export function sumTo(postings: readonly Posting[], day: string): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const one of postings) if (one.day <= day) sums.set(one.account, (sums.get(one.account) ?? 0n) + one.pence);
  return new Map([...sums].filter(([, sum]) => sum !== 0n));
}

/** One member of a zip, by its central directory (PKWARE, "APPNOTE.TXT", section 4.3.12), its checksum compared. */
export function memberOf(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf("PK\x05\x06");
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const lengths = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const nameEnd = at + 46 + (lengths[0] ?? 0);
    if (zip.toString("utf8", at + 46, nameEnd) === name) return unpacked(zip, at);
    at = nameEnd + (lengths[1] ?? 0) + (lengths[2] ?? 0);
  }
  throw new Error(`there is no ${name} in the zip`);
}

function unpacked(zip: Buffer, entry: number): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(entry + 20)));
  if (crc32(content) !== zip.readUInt32LE(entry + 16)) throw new Error("the checksum is another");
  return content;
}
