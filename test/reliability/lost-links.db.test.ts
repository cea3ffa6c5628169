/**
 * R3, the link to the database is lost around a commit. A proxy on loopback stands between the house and PostgreSQL and, drawn by
 * a seed, drops the link before the commit is passed on, right after it was, or when the answer to it comes. Contributions to a
 * shadow pot are asked with a request key until they are answered: each key has exactly one effect. `lost-links.ts` is the long form.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordContribution, showPot } from "../../src/ledger/index.ts";
import { DAY, type LedgerTown, openLedgerTown, PLACE } from "../../src/ledger/ledger.fixture.ts";
import { below, splitMix64 } from "../../src/lib/generator.ts";
import { findPlace } from "../../src/places/index.ts";
import { type Database, linkOfRole, openDatabase, sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { type House, perform } from "../../src/platform/use-case/index.ts";
import { drawSeed } from "../setup/seed.ts";

const REQUESTS = Number(process.env["ONEPOT_REQUESTS"] ?? 50);
const CLIENTS = 8;
/** A simple query of PostgreSQL's protocol: its kind, its length, its text and a nought. */
const COMMIT = Buffer.from("Q\0\0\0\x0bcommit\0", "latin1");

type Way = "before" | "after" | "answer";
type Proxy = { readonly server: Server; readonly url: string; readonly dropped: Record<Way, number> };

let town: LedgerTown;
let proxy: Proxy;
let database: Database;
let house: House;
const seed = drawSeed("lost links");
const next = splitMix64(BigInt(seed));
const draw = (limit: number) => Number(below(BigInt(limit), next));

beforeAll(async () => {
  town = await openLedgerTown();
  proxy = await openProxy(linkOfRole(town.house.adminUrl, "onepot_app"));
  database = openDatabase({ url: proxy.url, size: CLIENTS });
  house = { ...town.house.house, database, findPlace: (slug) => database.national((tx) => findPlace(tx, slug)) };
});
afterAll(async () => {
  await database?.close();
  proxy?.server.close();
  await town?.house.close();
});

async function openProxy(link: string): Promise<Proxy> {
  const url = new URL(link);
  const folder = url.searchParams.get("host");
  const port = url.port || "5432";
  const there = () => (folder === null ? connect(Number(port), url.hostname) : connect(`${folder}/.s.PGSQL.${port}`));
  const dropped: Record<Way, number> = { before: 0, after: 0, answer: 0 };
  const server = createServer((here) => join(here, { there: there(), dropped }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return { server, url: url.toString(), dropped };
}

function join(here: Socket, { there, dropped }: { readonly there: Socket; readonly dropped: Proxy["dropped"] }): void {
  let deaf = false;
  for (const socket of [here, there]) socket.on("error", () => undefined);
  here.on("data", (piece) => {
    const way = piece.includes(COMMIT) ? drawWay() : null;
    if (way !== null) dropped[way] += 1;
    if (way === "before") {
      here.destroy();
      there.destroy();
      return;
    }
    there.write(piece);
    if (way === "after") {
      // What was written is still passed on; whoever asked hears no more.
      there.end();
      here.destroy();
    }
    if (way === "answer") deaf = true;
  });
  there.on("data", (piece) => {
    if (!deaf) here.write(piece);
    else {
      here.destroy();
      there.end();
    }
  });
  here.on("close", () => there.end());
  there.on("close", () => here.destroy());
}

function drawWay(): Way | null {
  return (["before", "after", "answer", null, null, null] as const)[draw(6)] ?? null;
}

type Asked = { readonly key: string; readonly pence: bigint };

/** As a client does that heard nothing: the same again, under the same key. */
async function untilAnswered(
  { key, pence }: Asked,
  the: { readonly streamId: string; readonly potId: string },
): Promise<{ readonly contributionId: string; readonly times: number }> {
  const input = { ...the, amountPence: String(pence), madeOn: DAY };
  for (let times = 1; times <= 50; times += 1) {
    const asked = { credential: town.finance, place: PLACE, language: "en", requestKey: key, input } as const;
    const answer = await perform(house, recordContribution, asked).catch(() => null);
    if (answer?.ok) return { contributionId: answer.value.contributionId, times };
    expect(answer?.refusal.code ?? "outcome_unknown").toBe("outcome_unknown");
  }
  throw new Error(`${key} was not answered in fifty times`);
}

it("every lost commit resolves by its key to one effect", { timeout: 60_000 + REQUESTS * 200 }, async () => {
  const streamId = await town.stream("Stream", { pence: 1_000_000_000n });
  const potId = await town.pot("Shadow", "shadow");
  // Each has an amount of its own, so that one done twice cannot hide another that is missing.
  const waiting = Array.from({ length: REQUESTS }, (_, index) => ({ key: newId(), pence: BigInt(index + 1) }));
  const queue = [...waiting];
  const made = new Map<string, string>();
  let more = 0;
  const client = async () => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
      const { contributionId, times } = await untilAnswered(one, { streamId, potId });
      made.set(one.key, contributionId);
      more += times - 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const { before, after, answer } = proxy.dropped;
  process.stdout.write(
    `lost links: seed ${seed}, ${REQUESTS} requests by ${CLIENTS} clients; dropped before the commit ${before}, after it ${after}, with its answer ${answer}; asked again from outside ${more} times\n`,
  );
  expect(Math.min(before, after, answer)).toBeGreaterThan(0);
  type Row = { readonly key: string; readonly contributionId: string; readonly pence: bigint };
  const there = await town.house.database.inPlace(town.placeId, (tx) =>
    tx.rows(sql<Row>`
      select transfer_id as key, contribution_id as "contributionId", amount_pence as pence from contribution order by amount_pence`),
  );
  expect(there).toEqual(waiting.map(({ key, pence }) => ({ key, contributionId: made.get(key), pence })));
  const { figures } = await town.value(showPot, { pot: "shadow", asAt: DAY });
  expect(figures.contributedPence).toBe((BigInt(REQUESTS) * BigInt(REQUESTS + 1)) / 2n);
});
