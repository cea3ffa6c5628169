/** The plain ledger by hand, so that the model itself is right: floors, days, what is set aside, periods, keys, reversals; and shrinking. */
import { expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { openModel } from "./model-ledger.ts";
import { shrink } from "./model-ledger-shrink.ts";
import type { ModelTransfer } from "./model-ledger-state.ts";

const account = (accountId: string, floor: bigint | null, book = "real") => ({
  accountId,
  book,
  floor,
  closedOn: null,
  days: new Map(),
  held: 0n,
  reserved: 0n,
});
const open = () =>
  openModel([account("giver", -100n), account("pot", 0n), account("paid", null), account("s", 0n, "shadow")]);

let made = 0;
/** "2012-05-01 giver -60 pot 60" */
function transfer(text: string, more: Partial<ModelTransfer> = {}): ModelTransfer {
  made += 1;
  const [day = "", ...rest] = text.split(" ");
  const lines = rest.flatMap((word, at) =>
    at % 2 === 0 ? [{ account: word, pence: BigInt(rest[at + 1] ?? "0") }] : [],
  );
  const one = { transferId: `t${made}`, book: "real", day: mustDay(day), bookedOn: null, lines, reverses: null };
  return { ...one, request: text, soft: false, ...more };
}

/** Each line: what is posted, and what must be answered; what is posted is kept. */
it.each([
  [["2012-05-01 giver -60 pot 60 > posted", "2012-05-01 giver -41 pot 41 > insufficient_funds giver 40"]],
  [
    [
      "2012-05-01 giver -100 pot 100 > posted",
      "2012-05-01 pot -100 paid 100 > posted",
      "2012-05-01 pot -1 paid 1 > insufficient_funds pot 0",
    ],
  ],
  [["2012-05-02 giver -9 pot 9 > posted", "2012-05-01 pot -9 paid 9 > insufficient_funds_then pot 0 2012-05-01"]],
  [
    [
      "2012-05-01 giver -9 pot 9 > posted",
      "2012-05-03 pot -9 paid 9 > posted",
      "2012-05-04 giver -9 pot 9 > posted",
      "2012-05-02 pot -1 paid 1 > insufficient_funds_then pot 0 2012-05-03",
    ],
  ],
  [["2012-05-01 pot 5 pot -5 > posted", "2012-05-01 pot -5 pot 5 > insufficient_funds pot 0"]],
  [
    [
      "2012-05-01 giver -1 pot 2 > unbalanced",
      "2012-05-01 giver -1 > lines_missing",
      "2012-05-01 giver 0 pot 0 > lines_missing",
    ],
  ],
  [["2012-05-01 nobody -1 s 1 > unknown_account", "2012-05-01 s -1 paid 1 > wrong_book"]],
  [["2012-05-01 paid -1000000000000001 paid 1000000000000001 > too_large"]],
])("%s", (lines) => {
  const model = open();
  for (const line of lines) {
    const [text = "", answer] = line.split(" > ");
    const one = transfer(text);
    const { outcome, account: lacking, availablePence, lowestOn } = model.post(one);
    expect([outcome, lacking, availablePence, lowestOn].filter((word) => word !== undefined).join(" ")).toBe(answer);
    if (outcome === "posted") model.keep(one);
  }
});

it("keeps what is set aside, once, until it is let go", () => {
  const model = open();
  const one = { reservationId: "r", account: "giver", record: "x", pence: 70n };
  expect(model.canReserve(one)).toEqual({ outcome: "reserved" });
  model.reserve(one);
  expect(model.canReserve(one)).toEqual({ outcome: "already" });
  expect(model.post(transfer("2012-05-01 giver -31 pot 31"))).toMatchObject({
    outcome: "insufficient_funds",
    availablePence: 30n,
  });
  expect(model.reservedFor("x")).toBe(70n);
  model.end("x");
  expect(model.reservedFor("x")).toBe(0n);
  expect(model.post(transfer("2012-05-01 giver -31 pot 31")).outcome).toBe("posted");
});

it("lets nothing into a closed period but what is late, and nothing be reversed twice", () => {
  const model = open();
  const one = transfer("2012-04-05 giver -10 pot 10");
  model.keep(one);
  expect(model.post(one).outcome).toBe("already");
  expect(model.post({ ...one, request: "another" }).outcome).toBe("key_reused");
  const may = { book: "real", from: mustDay("2012-05-01"), to: mustDay("2012-05-31"), state: "hard" } as const;
  expect(model.canClose(may)).toBe("gap");
  const april = { ...may, from: mustDay("2012-04-01"), to: mustDay("2012-04-30") };
  expect(model.canClose(april)).toBe("hard");
  model.close(april);
  expect(model.canClose({ ...may, from: mustDay("2012-04-20") })).toBe("overlaps");
  const back = transfer("2012-04-05", { reverses: one.transferId });
  expect(model.post(back)).toMatchObject({ outcome: "period_closed", lowestOn: "2012-05-01" });
  const before = transfer("2012-03-31 giver -10 pot 10");
  expect(model.post(before)).toMatchObject({ outcome: "period_closed", lowestOn: "2012-05-01" });
  const late = { ...back, bookedOn: mustDay("2012-05-01") };
  expect(model.post(late).outcome).toBe("posted");
  model.keep(late);
  expect([model.balanceAt("pot", mustDay("2012-04-30")), model.balanceAt("giver", mustDay("2012-04-30"))]).toEqual([
    0n,
    0n,
  ]);
  expect(model.post({ ...late, transferId: "again" }).outcome).toBe("already_reversed");
  expect(model.post({ ...late, reverses: "nothing" }).outcome).toBe("not_found");
});

it("shrinks a list to what fails by itself", async () => {
  const items = Array.from({ length: 100 }, (_, number) => number);
  const fails = async (some: readonly number[]) => some.includes(17) && some.includes(64);
  expect(await shrink(items, { fails, tries: 200 })).toEqual([17, 64]);
});
