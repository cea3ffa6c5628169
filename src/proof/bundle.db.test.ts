/** A bundle taken from a place with all kinds of rows verifies from its bytes alone; a bad file is refused by name. */
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProofTown, type ProofTown } from "../../test/setup/proof-town.ts";
import { verifyLedger } from "../ledger/index.ts";
import { type PartOfZip, zipOf } from "../platform/tables/zip.fixture.ts";
import { type BundleFaultDetail, wordsOfFault } from "./bundle-fault.ts";
import { verifyBundleFile } from "./bundle-file.ts";
import type { Manifest } from "./bundle-format.ts";

let town: ProofTown;
let whole: Buffer;
let parts: ReadonlyMap<string, string>;

beforeAll(async () => {
  town = await openProofTown();
  whole = await town.bundle();
  parts = unzip(whole);
}, 60_000);
afterAll(() => town?.house.close());

/** The texts of a zip as ours are written: sizes stand in the directory alone. */
function unzip(bytes: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let at = bytes.readUInt32LE(bytes.length - 6);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const from = bytes.readUInt32LE(at + 42) + 30 + name.length;
    found.set(name, inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(at + 20))).toString("utf8"));
    at += 46 + name.length;
  }
  return found;
}

type Change = (texts: Map<string, string>) => void;

/** The bundle with its texts changed; the manifest says what the changed parts are, as whoever changes them would. */
function forged(change: Change, honest = false): Buffer {
  const texts = new Map(parts);
  change(texts);
  if (!honest) {
    const manifest = JSON.parse(texts.get("manifest.json") ?? "{}") as Manifest;
    const stated = manifest.parts.map((part) => {
      const text = texts.get(part.name) ?? "";
      const rows = text.split("\n").length - 1;
      return { ...part, rows, bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
    });
    texts.set("manifest.json", JSON.stringify({ ...manifest, parts: stated }));
  }
  return zipOf([...texts].map(([name, text]): PartOfZip => ({ name, text })));
}

async function faultIn(bytes: Buffer): Promise<BundleFaultDetail> {
  const answer = await verifyBundleFile({ bytes }, null);
  if (answer.ok) throw new Error("the bundle verified");
  return answer.fault;
}

describe("a bundle", () => {
  it("verifies, and counts what the ledger has", async () => {
    const answer = await verifyBundleFile({ bytes: whole }, null);
    expect(answer.ok || wordsOfFault(answer.fault)).toBe(true);
    if (!answer.ok) return;
    const { proved, manifest } = answer;
    expect(proved).toMatchObject({ transfers: 19, entries: 38, reversals: 2, records: 16, periods: 2, waiting: 0 });
    // Eight acts of the real book and four more, each signed once but the one of two signatures, the refused and the withdrawn.
    expect(proved).toMatchObject({ approvals: 12, signatures: 11 });
    expect(proved.blocks).toBeGreaterThan(4);
    expect(manifest.place.name).toBe("Greater Manchester");
    const online = await town.value(verifyLedger, { head: `${proved.head?.number}:${proved.head?.hash}` });
    expect(online.audit).toMatchObject({ blocks: BigInt(proved.blocks), waiting: 0n });
  });

  it("is the same twice, but for its moment", async () => {
    const again = unzip(await town.bundle());
    for (const [name, text] of parts) if (name.endsWith(".jsonl")) expect(again.get(name), name).toBe(text);
  });

  it("says nothing of people, nor of what is not about money", () => {
    for (const action of ["partner.add", "people.invite", "service.add", "place.open"])
      expect(parts.get("audit.jsonl")).not.toContain(action);
    expect(parts.get("audit.jsonl")).toContain('"digest"');
    expect([...parts.values()].join()).not.toContain("@onepot.example");
  });

  it("that nobody but the manifest tells of a change in is refused by its part", async () => {
    const change: Change = (texts) =>
      texts.set("streams.jsonl", (texts.get("streams.jsonl") ?? "").replace("Section 31", "Section 99"));
    expect(wordsOfFault(await faultIn(forged(change, true)))).toMatch(/^streams.jsonl: it was changed after/);
  });
});

const edit =
  (part: string, from: string | RegExp, to: string): Change =>
  (texts) => {
    const text = texts.get(part) ?? "";
    const made = text.replace(from, to);
    if (made === text) throw new Error(`nothing to change in ${part}`);
    texts.set(part, made);
  };
const cut =
  (part: string, line: number): Change =>
  (texts) => {
    const lines = (texts.get(part) ?? "").split("\n");
    lines.splice(line, 1);
    texts.set(part, lines.join("\n"));
  };
const swap =
  (part: string, line: number): Change =>
  (texts) => {
    const lines = (texts.get(part) ?? "").split("\n");
    lines.splice(line, 2, lines[line + 1] ?? "", lines[line] ?? "");
    texts.set(part, lines.join("\n"));
  };

// What is changed, its manifest with it, and the part, line and words that name it.
const forgeries: readonly (readonly [string, Change, RegExp])[] = [
  [
    "words of a transfer",
    edit("transfers.jsonl", "Entered twice", "Entered once"),
    /^transfers.jsonl, line \d+ \(.*changed after posting/,
  ],
  [
    "an account",
    edit("accounts.jsonl", /"posted" : "400000"/, '"posted" : "400001"'),
    /^accounts.jsonl, line \d+ \(.*its entries come to/,
  ],
  [
    "an amount",
    edit("entries.jsonl", /"amount" : "25000"/, '"amount" : "25001"'),
    /^(entries|transfers).jsonl, line \d+ \(/,
  ],
  [
    "a balance",
    edit("entries.jsonl", /"balance" : "900700"/, '"balance" : "900009"'),
    /^entries.jsonl, line \d+ \(.*is written as the balance/,
  ],
  [
    "an entry's day",
    edit("entries.jsonl", /"on" : "2012-08-01"/, '"on" : "2012-08-02"'),
    /^entries.jsonl, line \d+ \(.*its day is 2012-08-02/,
  ],
  [
    "when it was posted",
    edit("transfers.jsonl", /"postedAt" : "\d{4}/, '"postedAt" : "2011'),
    /^blocks.jsonl, line \d+ \(block \d+\)/,
  ],
  [
    "a missing transfer",
    cut("transfers.jsonl", 3),
    /^entries.jsonl|^contributions.jsonl|^transfers.jsonl|^[a-z]+.jsonl, line/,
  ],
  ["a missing entry", cut("entries.jsonl", 5), /^(entries|transfers).jsonl, line \d+/],
  // Where a block ends depends on the transactions in flight at its sealing: if between the two, the block lacks one.
  ["swapped transfers", swap("transfers.jsonl", 2), /^(entries|transfers|blocks).jsonl, line \d+/],
  ["swapped entries", swap("entries.jsonl", 2), /^(entries|transfers).jsonl, line \d+/],
  ["a missing audit entry", cut("audit.jsonl", 4), /^blocks.jsonl, line \d+ \(block \d+\): \d+ entries/],
  [
    "an audit entry",
    edit("audit.jsonl", /"digest" : "../, '"digest" : "00'),
    /^blocks.jsonl, line \d+ \(block \d+\): it is not the hash/,
  ],
  ["a missing block", cut("blocks.jsonl", 1), /^blocks.jsonl, line 2 \(block 3\): block 2 is missing/],
  [
    "a block's moment",
    edit("blocks.jsonl", /"sealedAt" : "\d{4}/, '"sealedAt" : "2011'),
    /^blocks.jsonl, line 1 \(block 1\): it is not the hash/,
  ],
  [
    "a trial balance",
    edit("blocks.jsonl", "real stream=-900700", "real stream=-900701"),
    /^blocks.jsonl, line \d+ .*its trial balance/,
  ],
  ["a period", edit("periods.jsonl", "2012-05-31", "2012-06-30"), /^(blocks|periods).jsonl, line \d+/],
  [
    "who closed a period",
    edit("periods.jsonl", '"closedBy" : "test"', '"closedBy" : "tesa"'),
    /^blocks.jsonl, line \d+/,
  ],
  [
    "a payment",
    edit("payments.jsonl", /"amount" : "25000"/, '"amount" : "2500"'),
    /^payments.jsonl, line \d+ \(.*it says 2500/,
  ],
  [
    "a credited line",
    edit("records.jsonl", /"net_pence" : "500"/, '"net_pence" : "499"'),
    /^records.jsonl, line \d+ \(credit_line .*it was changed after it was written/,
  ],
  [
    "which line was credited",
    edit("records.jsonl", /"line" : "2"([^}]*"credit_note_id")/, '"line" : "1"$1'),
    /^records.jsonl, line \d+ \(credit_line .*it was changed after it was written/,
  ],
  ["a missing payment", cut("payments.jsonl", 7), /^transfers.jsonl, line \d+ \(.*its payment is missing/],
  [
    "an amount set aside",
    edit("reservations.jsonl", '"amount" : "55"', '"amount" : "54"'),
    /^accounts.jsonl, line \d+ \(.*set aside/,
  ],
  ["a number", edit("entries.jsonl", /"version" : "2"/, '"version" : "9"'), /^entries.jsonl, line \d+|^accounts.jsonl/],
  ["a floor", edit("accounts.jsonl", /"floor" : "0"/, '"floor" : "-1"'), /^accounts.jsonl, line \d+ \(.*floor/],
  [
    "a line that was shown",
    edit("approvals.jsonl", "£8.01", "£9.01"),
    /^approvals.jsonl, line \d+ \(approval [0-9a-f-]{36}\): it was changed after it was written/,
  ],
  [
    "a signer",
    edit("signatures.jsonl", /"signed_by" : "person:......../, '"signed_by" : "person:00000000'),
    /^signatures.jsonl, line 1 \(signature [0-9a-f-]{36}:1\): it was changed/,
  ],
  // Told by the approval that it was of, or by its block where that was sealed before the approval ended.
  [
    "a signature taken out",
    cut("signatures.jsonl", 8),
    /^approvals.jsonl, line \d+ \(approval_end .*with 1 signatures|^blocks.jsonl, line \d+ \(block \d+\): \d+ held rows/,
  ],
  [
    "an approval's state",
    edit("approvals.jsonl", '"state" : "refused"', '"state" : "withdrawn"'),
    /^approvals.jsonl, line \d+ \(approval_end [0-9a-f-]{36}\): it was changed/,
  ],
  [
    "a limit",
    edit("limits.jsonl", '"up_to_pence" : "900"', '"up_to_pence" : "90000"'),
    /^limits.jsonl, line 1 \(limit [0-9a-f-]{36}\): it was changed/,
  ],
  [
    "an account's pot",
    (texts) => {
      const pots = (texts.get("pots.jsonl") ?? "").match(/(?<="id" : ")[^"]+/g) ?? [];
      edit("accounts.jsonl", `"pot" : "${pots[0]}"`, `"pot" : "${pots[1]}"`)(texts);
    },
    /^accounts.jsonl, line \d+ \([0-9a-f-]{36}\): it/,
  ],
  [
    "an account's record",
    edit("accounts.jsonl", /("kind" : "commitment", "record" : ")......../, "$100000000"),
    /^accounts.jsonl, line \d+ \([0-9a-f-]{36}\): its record_id is 00000000/,
  ],
  ["how an account was opened", cut("openings.jsonl", 0), /^blocks.jsonl, line \d+ \(block \d+\): \d+ held rows/],
  ["a rule taken out", cut("rules.jsonl", 0), /^blocks.jsonl, line \d+ \(block \d+\): \d+ held rows/],
  ["a line of a payment", edit("records.jsonl", /"vat_pence" : "0"/, '"vat_pence" : "1"'), /^records.jsonl, line 1 /],
  [
    "that an approval has nobody in the audit trail",
    edit("audit.jsonl", /"action" : "approval.prepare"/, '"action" : "approval.prepart"'),
    /^approvals.jsonl, line 1 \(approval .*the audit trail has no approval.prepare of it by person:/,
  ],
  [
    "the newest block taken away",
    (texts) => cut("blocks.jsonl", (texts.get("blocks.jsonl") ?? "").split("\n").length - 2)(texts),
    /^manifest.json: its head/,
  ],
];

describe("a bundle in which somebody changed", () => {
  it.each(forgeries)("%s is refused by its row", async (_, change, words) => {
    expect(wordsOfFault(await faultIn(forged(change)))).toMatch(words);
  });
});

const again = (name: string): PartOfZip => ({ name, text: parts.get(name) ?? "" });
const withPart = (part: PartOfZip): Buffer =>
  zipOf([...parts.keys()].map((name) => (name === part.name ? part : again(name))));

// A file that is none, and the words that say so.
const files: readonly (readonly [string, () => Buffer, RegExp])[] = [
  ["nothing", () => Buffer.alloc(0), /not a zip/],
  ["words", () => Buffer.from("Dear auditor,\n".repeat(1000)), /not a zip/],
  ["half a bundle", () => whole.subarray(0, whole.length / 2), /not a zip/],
  ["a broken part", () => spoiled("transfers.jsonl"), /^transfers.jsonl: the zip is broken/],
  [
    "a part that lies about its size",
    () => withPart({ ...again("pots.jsonl"), statedBytes: 5 }),
    /^pots.jsonl: the zip is broken/,
  ],
  [
    "a part with another checksum",
    () => withPart({ ...again("pots.jsonl"), checksum: 5 }),
    /^pots.jsonl: the zip is broken/,
  ],
  ["another zip", () => zipOf([{ name: "letter.txt", text: "Dear auditor" }]), /no manifest.json/],
  ["a manifest that is not JSON", () => forged((texts) => texts.set("manifest.json", "{"), true), /its format is not/],
  [
    "another format",
    () => forged(edit("manifest.json", "onepot-audit-bundle", "other"), true),
    /^manifest.json: its format/,
  ],
  [
    "another version",
    () => forged(edit("manifest.json", '"version": 2', '"version": 3'), true),
    /version 3; this program reads versions 1 and 2/,
  ],
  ["a missing part", () => forged((texts) => texts.delete("blocks.jsonl"), true), /^blocks.jsonl: the part is missing/],
  [
    "a part too many",
    () => forged((texts) => texts.set("more.jsonl", ""), true),
    /^more.jsonl: the part does not belong/,
  ],
  [
    "a line cut off",
    () => forged((texts) => texts.set("entries.jsonl", (texts.get("entries.jsonl") ?? "").slice(0, -30))),
    /^entries.jsonl, line \d+: the last line is cut off/,
  ],
  [
    "a line that is not JSON",
    () => forged(edit("entries.jsonl", "{", "[")),
    /^entries.jsonl, line 1: the line is cut off or is not JSON/,
  ],
  [
    "a field too many",
    () => forged(edit("entries.jsonl", "{", '{"more":1,')),
    /^entries.jsonl, line 1: not as it must be/,
  ],
  [
    "a field that is no amount",
    () => forged(edit("entries.jsonl", /"amount" : "[^"]*"/, '"amount" : "1e9"')),
    /^entries.jsonl, line 1: not as it must be: the field amount/,
  ],
];

/** A letter in the middle of a packed part is another. */
function spoiled(name: string): Buffer {
  const bytes = Buffer.from(whole);
  const at = bytes.indexOf(name) + name.length + 40;
  for (let offset = 0; offset < 20; offset += 1) bytes.writeUInt8(0xff ^ bytes.readUInt8(at + offset), at + offset);
  return bytes;
}

describe("a file that is no bundle", () => {
  it.each(files)("%s is refused by name", async (_, make, words) => {
    expect(wordsOfFault(await faultIn(make()))).toMatch(words);
  });

  it("which is not there is refused", async () => {
    const answer = await verifyBundleFile({ path: "/nowhere/at-all.zip" }, null);
    expect(answer).toMatchObject({ ok: false, fault: { what: expect.stringContaining("no such file") } });
  });
});

describe("a head that was written down", () => {
  it("is found, or said to be missing, by the bundle and the database alike", async () => {
    const [first, last] = [parts.get("blocks.jsonl")?.split("\n")[0] ?? "", parts.get("manifest.json") ?? ""];
    const { number, hash } = JSON.parse(first) as { readonly number: string; readonly hash: string };
    const { head } = JSON.parse(last) as Manifest;
    expect(number).toBe("1");
    const verify = (at: bigint, of: string) => verifyBundleFile({ bytes: whole }, { number: at, hash: of });
    expect((await verify(1n, hash)).ok).toBe(true);
    expect((await verify(BigInt(head?.number ?? 0), head?.hash ?? "")).ok).toBe(true);
    const other = "0".repeat(64);
    expect(await verify(1n, other)).toMatchObject({ ok: false, fault: { part: "blocks.jsonl", line: 1 } });
    expect(await verify(999n, hash)).toMatchObject({ fault: { what: expect.stringContaining("ends at block") } });
    await town.value(verifyLedger, { head: `1:${hash}` });
    expect(await town.refusal(verifyLedger, { head: `1:${other}` })).toMatchObject({ code: "not_verified" });
    expect(await town.refusal(verifyLedger, { head: `999:${hash}` })).toMatchObject({
      found: expect.stringMatching(/^audit block 999: the chain ends at block \d+$/),
    });
    expect(await town.refusal(verifyLedger, { head: "1" })).toMatchObject({ code: "input_not_valid" });
  });
});
