/**
 * Loads the demonstration through the same use cases that people use: places, partners and people, published spending
 * through the real import, and every record of the money. May be run again after it was cut off only on an empty database.
 */
import { createHash } from "node:crypto";
import { publishElection } from "../../src/decisions/index.ts";
import { must } from "../../src/lib/assert.ts";
import { followOnStartPage } from "../../src/places/index.ts";
import type { House } from "../../src/platform/use-case/index.ts";
import { importSpendFile } from "../../src/spending/index.ts";
import { demonstration } from "../demonstration.ts";
import { springVote, springVoteFile } from "../salford/spring-vote.ts";
import { greaterManchester, salfordPound } from "../salford.ts";
import { spendFiles } from "../spend.ts";
import type { SpendFile } from "../types.ts";
import { BANK_STEPS, loadBank } from "./bank.ts";
import { carryOut, type Ids, type Loading, openIds, type Step } from "./doing.ts";
import { loadMatching, MATCHING_STEPS } from "./matching.ts";
import { countRecords, loadMoney } from "./money.ts";
import { loadPartners, loadPeople } from "./partners.ts";
import { loadPlace } from "./places.ts";
import { loadSharing } from "./sharing.ts";

export type { Step } from "./doing.ts";

export async function loadDemonstrationData(the: {
  readonly house: House;
  readonly password: string;
  readonly tell: (step: Step) => Promise<void>;
  /** Carries out the job of a run of matching. */
  readonly runMatching: (jobId: string) => Promise<void>;
}): Promise<{ readonly places: number; readonly spendLines: number; readonly records: number }> {
  const files = [...spendFiles()];
  const records = demonstration.ledgers.reduce((sum, ledger) => sum + countRecords(ledger), 0);
  const total =
    demonstration.places.length +
    demonstration.ledgers.length +
    files.length +
    records +
    BANK_STEPS +
    MATCHING_STEPS +
    2;
  let done = 0;
  const next = async (doing: string): Promise<void> => {
    done += 1;
    await the.tell({ done, total, doing });
  };
  const loading: Loading = the;
  const ids = openIds();
  for (const place of demonstration.places) {
    await loadPlace(loading, place, ids);
    await next(`Opened ${place.name.en}`);
  }
  for (const ledger of demonstration.ledgers) {
    await loadPartners(loading, ledger, ids);
    await loadPeople(loading, ledger.people, ids);
    await next("Added partners, services and people");
  }
  await loadPeople(
    loading,
    demonstration.people.filter((person) => !demonstration.ledgers.some((ledger) => ledger.people.includes(person))),
    ids,
  );
  await loadSharing(loading, ids);
  await next("Signed the families work's information-sharing agreement");
  const spendLines = await loadSpending({ house: the.house, ids, files, next });
  for (const ledger of demonstration.ledgers)
    await loadMoney(loading, { ledger, ids }, () =>
      next("Recording contributions, allocations, commitments and payments"),
    );
  await loadBank(loading, ids, next);
  await loadMatching({ house: the.house, ids, next, runMatching: the.runMatching });
  await publishSpringVote(the.house);
  await next("Published the vote on a neighbourhood's pot");
  await followSalfordPound(the.house, ids.of(`payment/${salfordPound.id}`));
  return { places: demonstration.places.length, spendLines, records };
}

type Spending = {
  readonly house: House;
  readonly ids: Ids;
  readonly files: readonly SpendFile[];
  readonly next: (doing: string) => Promise<void>;
};

/** Published spending through the real import; how many lines it holds. */
async function loadSpending({ house, ids, files, next }: Spending): Promise<number> {
  let spendLines = 0;
  for (const file of files) {
    const bytes = Buffer.from(file.text, "utf8");
    const answer = await carryOut(house, importSpendFile, {
      by: { kind: "operator" },
      place: file.placeSlug,
      input: {
        name: file.name,
        file: { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") },
        publisher: ids.of(`${file.placeSlug}/partner/${file.publisherGss}`),
        acceptRefused: true,
        madeUp: true,
      },
    });
    spendLines += answer.lines;
    await next(`Imported ${file.name}`);
  }
  return spendLines;
}

/** The start page follows the pound of the story. */
async function followSalfordPound(house: House, recordId: string): Promise<void> {
  const place = must(await house.findPlace(greaterManchester.placeSlug), "the place of the story was opened");
  await house.database.national((tx) => followOnStartPage(tx, { placeId: place.placeId, recordId }));
}

/** Read and counted as it is published, so that its result is there at once. */
async function publishSpringVote(house: House): Promise<void> {
  const { place, slug, fileName, title, rule } = springVote;
  const content = () => Buffer.from(springVoteFile(), "utf8");
  await carryOut(house, publishElection, {
    by: { kind: "operator" },
    place,
    input: { name: fileName, slug, title: title.en, titleWelsh: title.cy, madeUp: true, rule, content },
  });
}
