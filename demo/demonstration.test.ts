/** The demonstration's money balances, its places are those of the source texts, and each figure has its source. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { must } from "../src/lib/assert.ts";
import { demonstration } from "./demonstration.ts";
import { draw } from "./drawing.ts";
import { salfordPound } from "./salford.ts";
import type { DemoLedger, Draw } from "./types.ts";

const ROOT = join(import.meta.dirname, "..");
const { ledgers, places, figures, sources, people } = demonstration;

function table(name: string): readonly Readonly<Record<string, string>>[] {
  return parse(readFileSync(join(ROOT, "src/places/data", name), "utf8"), { columns: true });
}

function duplicates(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** What the records draw on each contribution, together. */
function drawnBy(records: readonly { readonly draws: readonly Draw[] }[]): ReadonlyMap<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { contributionId, amountPence } of records.flatMap((record) => record.draws)) {
    totals.set(contributionId, (totals.get(contributionId) ?? 0n) + amountPence);
  }
  return totals;
}

describe("places", () => {
  it("are those the source texts name, with made-up neighbourhoods in Salford that say so", () => {
    const named = `greater-manchester cheshire-west-and-chester west-london essex tower-hamlets bradford tunbridge-wells
      kingston haverhill birmingham north-devon newcastle programme`;
    expect(places.map((place) => place.slug).sort()).toEqual(named.split(/\s+/).sort());
    const neighbourhoods = places.flatMap((place) => place.neighbourhoods.map((part) => `${place.slug}/${part.slug}`));
    expect(neighbourhoods.sort()).toEqual(
      `birmingham/balsall-heath birmingham/castle-vale birmingham/shard-end bradford/bradford-trident haverhill/one-haverhill
      greater-manchester/broughton greater-manchester/langworthy greater-manchester/little-hulton
      greater-manchester/weaste-and-seedley kingston/norbiton newcastle/cowgate-kenton-bar-montagu north-devon/ilfracombe tower-hamlets/poplar-harca
      tunbridge-wells/sherwood west-london/queens-park west-london/white-city`
        .split(/\s+/)
        .sort(),
    );
    const unnamed = places.flatMap((place) => place.neighbourhoods.filter((part) => part.quote === ""));
    expect(unnamed.map((part) => part.councilGss)).toEqual(["E08000006", "E08000006", "E08000006", "E08000006"]);
    for (const { sourceId } of unnamed)
      expect(sources.find((source) => source.id === sourceId)?.title).toContain("made up");
  });

  it("are made of councils and wards of the register, and 29 councils are in the whole places", () => {
    const councils = new Set(table("councils.csv").map((row) => row["gss_code"]));
    const wards = new Map(table("wards.csv").map((row) => [row["ward_code"], row]));
    expect(places.flatMap((place) => place.councils).filter((gss) => !councils.has(gss))).toEqual([]);
    expect(places.filter((place) => place.kind === "whole_place").flatMap((place) => place.councils)).toHaveLength(29);
    for (const { areas, councilGss } of places.flatMap((place) => place.neighbourhoods)) {
      for (const area of areas) {
        const codes = area.kind === "ward" ? [area.code] : area.liesIn;
        for (const code of codes) expect(wards.get(code)?.["council_gss"], `${area.name} ${code}`).toBe(councilGss);
        if (area.kind === "ward") expect(wards.get(area.code)?.["name"]).toBe(area.name);
      }
    }
  });

  it("keep the spellings that the sources disagree on", () => {
    const spellings = places.flatMap((place) => place.neighbourhoods.flatMap((part) => part.otherSpellings));
    expect(spellings).toEqual(expect.arrayContaining(["Balshall Heath", "Montague", "Queens Park", "Poplar Harca"]));
  });
});

describe("the register", () => {
  const councils = table("councils.csv");

  it("has each code and slug once, and no text read in the wrong encoding", () => {
    expect(duplicates(councils.map((row) => row["gss_code"] ?? "").filter((code) => code !== ""))).toEqual([]);
    expect(duplicates(councils.map((row) => row["slug"] ?? ""))).toEqual([]);
    expect(duplicates(table("wards.csv").map((row) => row["ward_code"] ?? ""))).toEqual([]);
    expect(JSON.stringify([councils, table("wards.csv")])).not.toMatch(/[ï¿Ã\ufffd\u00a0]/);
    expect(councils.find((row) => row["gss_code"] === "W06000001")?.["welsh_name"]).toBe("Ynys Môn");
  });

  it("ends an abolished council and names what replaced it", () => {
    const ended = must(
      councils.find((row) => row["slug"] === "st-edmundsbury"),
      "no St Edmundsbury",
    );
    expect([ended["end_date"], ended["replaced_by"]]).toEqual(["2019-03-31", "E07000245"]);
    expect(councils.filter((row) => row["nation"] === "Wales" && row["welsh_name"] === "")).toEqual([]);
  });
});

describe("figures", () => {
  const ids = new Set(figures.map((figure) => figure.id));

  it("each have a source, a date, a unit, a place and both languages", () => {
    const known = new Set(sources.map((source) => source.id));
    const slugs = new Set(places.map((place) => place.slug));
    expect(duplicates(figures.map((figure) => figure.id))).toEqual([]);
    for (const figure of figures) {
      expect(known.has(figure.sourceId) && slugs.has(figure.placeSlug), figure.id).toBe(true);
      const said = [figure.date, figure.unit, figure.label.en, figure.label.cy, figure.usedIn.join()];
      expect(said.includes(""), figure.id).toBe(false);
      if (figure.sourceId === "worked-out") expect(figure.derivedFrom, figure.id).not.toEqual([]);
      else expect(figure.quote, figure.id).not.toBe("");
      for (const other of [...figure.derivedFrom, ...figure.disagreesWith]) expect(ids.has(other), other).toBe(true);
    }
  });

  it("that disagree each name the other", () => {
    for (const figure of figures) {
      for (const other of figure.disagreesWith) {
        expect(figures.find((each) => each.id === other)?.disagreesWith, `${other} / ${figure.id}`).toContain(
          figure.id,
        );
      }
    }
    const cost = figures.find((figure) => figure.id === "cost-families-4bn");
    expect(cost?.disagreesWith).toContain("cost-families-2bn");
  });

  const seeds = join(ROOT, "..", "shared", "seeds");
  it.skipIf(!existsSync(seeds))("quote the source texts to the letter (skipped without the texts)", () => {
    const texts = readdirSync(seeds)
      .sort()
      .map((name) => flat(readFileSync(join(seeds, name), "utf8")));
    const seedOf = new Map(sources.map((source) => [source.id, source.seed]));
    const quotes = [...figures, ...places.flatMap((place) => place.neighbourhoods)];
    for (const { sourceId, quote } of quotes) {
      const seed = seedOf.get(sourceId) ?? null;
      if (seed !== null) expect(texts[seed], quote).toContain(flat(quote));
    }
  });
});

function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

describe.each(ledgers.map((ledger) => [ledger.placeSlug, ledger] as const))(
  "the money of %s",
  (_, ledger: DemoLedger) => {
    it("never leaves a level with more than came in, for each contribution and each stream", () => {
      for (const stream of ledger.streams) {
        const put = ledger.contributions.filter((part) => part.streamId === stream.id).map((part) => part.amountPence);
        expect(sum(put) <= stream.amountPence, stream.id).toBe(true);
      }
      const levels = [ledger.allocations, ledger.commitments, ledger.payments].map(drawnBy);
      for (const { id, amountPence } of ledger.contributions) {
        const amounts = [amountPence, ...levels.map((level) => level.get(id) ?? 0n)];
        amounts.reduce((above, below) => {
          expect(below <= above, `${id}: ${amounts.join(" >= ")}`).toBe(true);
          return below;
        });
      }
      const contributions = new Set(ledger.contributions.map((part) => part.id));
      expect(levels.flatMap((level) => [...level.keys()]).filter((id) => !contributions.has(id))).toEqual([]);
    });

    it("has parts that sum to each whole, and stays in one pot", () => {
      const potOf = new Map(ledger.contributions.map((part) => [part.id, part.potId]));
      for (const record of [...ledger.allocations, ...ledger.commitments]) {
        expect(sum(record.draws.map((part) => part.amountPence)), record.id).toBe(record.amountPence);
      }
      for (const allocation of ledger.allocations) {
        expect(new Set(allocation.draws.map((part) => potOf.get(part.contributionId)))).toEqual(
          new Set([allocation.potId]),
        );
      }
      for (const payment of ledger.payments) {
        expect(sum(payment.draws.map((part) => part.amountPence)), payment.id).toBe(payment.netPence);
        expect(payment.netPence + payment.vatPence).toBe(payment.grossPence);
      }
    });

    it("happens in order, by the business date, prepared and authorised by two people", () => {
      const dateOf = new Map(
        [...ledger.contributions, ...ledger.allocations, ...ledger.commitments].map((r) => [r.id, r.date]),
      );
      for (const allocation of ledger.allocations) {
        for (const { contributionId } of allocation.draws) {
          expect(must(dateOf.get(contributionId), contributionId) <= allocation.date, allocation.id).toBe(true);
        }
      }
      for (const order of ledger.commitments)
        expect(must(dateOf.get(order.allocationId), order.id) <= order.date).toBe(true);
      for (const payment of ledger.payments) {
        expect(must(dateOf.get(payment.commitmentId), payment.id) < payment.date, payment.id).toBe(true);
        expect(payment.forPeriod.to < payment.date && payment.date <= demonstration.businessDate, payment.id).toBe(
          true,
        );
      }
      const known = new Set(ledger.people.map((person) => person.id));
      for (const { preparedBy, authorisedBy } of [...ledger.contributions, ...ledger.allocations, ...ledger.payments]) {
        expect(preparedBy !== authorisedBy && known.has(preparedBy) && known.has(authorisedBy)).toBe(true);
      }
    });

    it("names only what exists, each id once", () => {
      const { partners, streams, pots, contributions, allocations, commitments, payments, services, reach } = ledger;
      const lists = [partners, streams, pots, contributions, allocations, commitments, payments, services];
      for (const list of lists)
        expect(duplicates(list.map((record: { readonly id: string }) => record.id))).toEqual([]);
      expect(duplicates(payments.map((payment) => payment.documentNumber))).toEqual([]);
      const has = (list: readonly { readonly id: string }[], id: string) => list.some((record) => record.id === id);
      const bodies = [
        ...streams.flatMap((stream) => [stream.payerId, stream.holderId]),
        ...pots.map((pot) => pot.hostId),
        ...services.map((service) => service.providerId),
        ...payments.map((payment) => payment.supplierId),
      ];
      expect(bodies.filter((id) => !has(partners, id))).toEqual([]);
      expect(contributions.filter((part) => !has(streams, part.streamId) || !has(pots, part.potId))).toEqual([]);
      expect([...commitments, ...payments, ...reach].filter((record) => !has(services, record.serviceId))).toEqual([]);
      const place = places.find((each) => each.slug === ledger.placeSlug);
      const themes = [...(place?.themes ?? []), ...(place?.neighbourhoods.flatMap((part) => part.themes) ?? [])];
      expect([...allocations, ...services].filter((record) => !has(themes, record.themeId))).toEqual([]);
    });
  },
);

describe("the Salford pound", () => {
  it("is £6,240.00 drawn wholly on the attachment fees, for a service that reached too few to publish", () => {
    expect(salfordPound).toMatchObject({
      netPence: 624_000n,
      vatPence: 124_800n,
      grossPence: 748_800n,
      date: "2013-03-15",
    });
    expect(salfordPound.draws).toEqual([
      { contributionId: "salford-attachment-2012-in-gm-troubled-families", amountPence: 624_000n },
    ]);
    const ledger = must(ledgers[0], "no ledger");
    const month = ledger.reach.find((count) => count.serviceId === salfordPound.serviceId && count.to === "2013-02-28");
    expect(month?.families).toBe(4);
    const stream = ledger.streams.find((each) => each.id === "salford-attachment-2012");
    expect(stream?.amountPence).toBe(232n * 320_000n);
  });

  it("ends by name in a neighbourhood that is open", () => {
    const ledger = must(ledgers[0], "no ledger");
    const service = ledger.services.find((each) => each.id === salfordPound.serviceId);
    const open = places.flatMap((place) => place.neighbourhoods).find((part) => part.slug === "langworthy");
    expect([service?.areaName, open?.name.en, open?.areas]).toEqual([
      "Langworthy",
      "Langworthy",
      [{ kind: "ward", code: "E05000768", name: "Langworthy" }],
    ]);
    expect(service?.description.en).toContain("Langworthy");
    expect(service?.description.cy).toContain("Langworthy");
  });
});

describe("the shadow money of Langworthy", () => {
  const ledger = must(ledgers[0], "no ledger");
  const pot = must(
    ledger.pots.find((each) => each.neighbourhoodSlug === "langworthy"),
    "no pot of Langworthy's own",
  );

  it("has a stream of its own, so that it changes no figure of another", () => {
    expect(pot.mode).toBe("shadow");
    const own = ledger.contributions.filter((part) => part.potId === pot.id).map((part) => part.streamId);
    expect(own).toEqual(["langworthy-play-2012"]);
    const others = ledger.contributions.filter((part) => part.potId !== pot.id).map((part) => part.streamId);
    expect(others).not.toContain("langworthy-play-2012");
  });

  it("was decided by the neighbourhood's committee, which is made up", () => {
    const decided = ledger.allocations.filter((each) => each.potId === pot.id).map((each) => each.decidedBy);
    expect(decided).toEqual(["Langworthy neighbourhood committee (made up)"]);
  });
});

describe("people and words", () => {
  it("have one of each role, each address once, at a place that exists", () => {
    expect(new Set(people.flatMap((person) => person.roles)).size).toBe(12);
    expect(duplicates(people.map((person) => person.email))).toEqual([]);
    const slugs = places.map((place) => place.slug);
    expect(people.filter((person) => !slugs.includes(person.placeSlug))).toEqual([]);
    expect(people.filter((person) => !person.email.endsWith("@onepot.example"))).toEqual([]);
  });

  it("are there in both languages wherever the public reads them", () => {
    const read = [
      ...places.flatMap((place) => [place.name, place.description, ...place.themes.map((theme) => theme.name)]),
      ...ledgers.flatMap(({ streams, pots, allocations, services }) => [
        ...streams.map((stream) => stream.name),
        ...pots.flatMap((pot) => [pot.name, pot.purpose]),
        ...allocations.map((allocation) => allocation.purpose),
        ...services.flatMap((service) => [service.name, service.description]),
      ]),
    ];
    expect(read.filter((each) => each.en.trim() === "" || each.cy.trim() === "")).toEqual([]);
  });

  it("label what is made up: each private body says so in its name", () => {
    const bodies = ledgers.flatMap((ledger) => ledger.partners);
    expect(bodies.filter((body) => body.madeUp !== body.name.endsWith("(made up)"))).toEqual([]);
  });
});

describe("drawing on contributions", () => {
  it("takes each to its end before the next, and never more than there is", () => {
    const held = [
      { contributionId: "a", amountPence: 100n },
      { contributionId: "b", amountPence: 50n },
    ];
    expect(draw(held, 120n)).toEqual({
      taken: [
        { contributionId: "a", amountPence: 100n },
        { contributionId: "b", amountPence: 20n },
      ],
      left: [{ contributionId: "b", amountPence: 30n }],
    });
    expect(() => draw(held, 151n)).toThrow("drew more than there is");
  });
});
