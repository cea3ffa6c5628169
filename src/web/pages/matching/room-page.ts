/**
 * The room of matching as a page: every sentence, figure and table of it. The words for kappa are those of J. Richard Landis and Gary G. Koch,
 * "The Measurement of Observer Agreement for Categorical Data", Biometrics 33, 1977, table 2.
 */
import type { Json } from "../../../platform/use-case/index.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { type Cell, cell, column, type MoneyTable, numeric } from "../money/tables.ts";
import { daySaid, type MatchingAddresses, refusedSaid } from "./frame.ts";
import { opened } from "./level-words.ts";
import type { RoomRead } from "./room-reading.ts";
import { matchingWords as words } from "./words.ts";

export const THRESHOLDS = [0.95, 0.98, 0.99, 0.995, 0.999, 0.9999] as const;

type Run = RoomRead["runs"][number];

export function presentRoom(room: RoomRead, to: MatchingAddresses) {
  const { may, runs } = room;
  const going = runs.find(({ endedAt }) => endedAt === null) ?? null;
  return {
    to,
    may,
    stands: standsSaid(room, to),
    next: nextStep(room, to),
    going: going === null ? null : goingSaid(room, { run: going, to }),
    waits: room.standing === null ? null : waitsOf(room),
    agreements: room.agreements.map((one) => ({
      title: one.title,
      href: to.agreement(one.agreementId),
      until: words.agreementUntil({ ends: daySaid(one.endsOn), review: daySaid(one.reviewOn) }),
    })),
    files: room.files.length === 0 ? null : filesTable(room),
    runs: runs.length === 0 ? null : runsTable(room, to),
    match: matchForm(room, going),
    readers: readersSaid(room.agreement),
    threshold: thresholdOf(room),
    deletion: deletionSaid(room),
  };
}

function standsSaid({ standing, files }: RoomRead, to: MatchingAddresses) {
  if (standing === null) return null;
  const { run, report } = standing;
  const when = run.endedAt ?? run.askedAt;
  return {
    text: words.stands({
      records: formatNumber(report.records),
      registers: words.registers(formatNumber(report.files.length), report.files.length),
      people: formatNumber(report.people),
      households: formatNumber(report.households),
      when: formatMoment("en", when),
    }),
    changed: files.some(({ broughtAt }) => broughtAt > run.askedAt) ? words.changedSince : null,
    reportText: words.standsReport(formatNumber(run.number)),
    reportHref: to.run(run.runId),
  };
}

/** What is to be done before anything else; null where a run stands or is under way. */
function nextStep({ agreements, files, runs, standing, may }: RoomRead, to: MatchingAddresses) {
  if (agreements.length === 0)
    return {
      title: words.noAgreementTitle,
      text: words.noAgreementText,
      ...(may.prepare
        ? { href: to.newAgreement, linkText: words.prepareAgreement }
        : { href: to.register, linkText: words.openRegister }),
    };
  if (files.length === 0)
    return {
      title: words.noFilesTitle,
      text: words.noFilesText,
      ...(may.bring && { href: to.newFile, linkText: words.bring }),
    };
  const begun = standing !== null || runs.some(({ endedAt }) => endedAt === null);
  if (begun) return null;
  return {
    title: words.noRunsTitle,
    text: words.noRunsText,
    ...(may.run && { href: "#match", linkText: words.match }),
  };
}

type Going = { readonly run: Run; readonly to: MatchingAddresses };

function goingSaid({ names }: RoomRead, { run, to }: Going) {
  const who = names.get(run.askedBy) ?? run.askedBy;
  return {
    text: words.underWayText(formatNumber(run.number), who, formatMoment("en", run.askedAt)),
    href: to.job(run.jobId),
  };
}

function waitsOf({ queue, read }: RoomRead) {
  const figure = (label: string, count: number, exact: string) => ({ label, value: formatNumber(count), exact });
  return {
    nothing: queue.unread + queue.waiting === 0,
    figures: [
      figure(words.toRead, queue.unread, words.toReadNote),
      figure(words.another, queue.waiting, words.anotherNote),
      figure(words.open, queue.open, words.openNote),
      figure(words.readSoFar, read.all, words.readMine(formatNumber(read.mine))),
    ],
  };
}

function filesTable({ files, partners }: RoomRead): MoneyTable {
  return {
    caption: words.files,
    columns: [
      column(words.register),
      column(words.partner),
      column(words.file),
      numeric(words.records),
      column(words.brought),
      column(words.deletedOn),
      column(words.leftOut),
    ],
    rows: files.map((one) => ({
      cells: [
        { ...cell(opened(one.source)), ...(one.madeUp && { note: words.madeUp }) },
        cell(partners.get(one.partnerId) ?? ""),
        cell(one.name),
        cell(formatNumber(one.records)),
        cell(formatMoment("en", one.broughtAt)),
        cell(daySaid(one.deleteOn)),
        cell(one.leftOut.length === 0 ? words.leftOutNone : opened(one.leftOut.join(", "))),
      ],
    })),
  };
}

function runsTable({ runs, names, standing }: RoomRead, to: MatchingAddresses): MoneyTable {
  const outcome = (run: Run): Cell => {
    if (run.endedAt === null) return { ...cell(words.going, to.job(run.jobId)) };
    if (run.people === null) return cell(words.refusedRun(refusedSaid(run.refusal as Json)));
    const stands = run.runId === standing?.run.runId;
    return cell(stands ? words.standing : words.replaced);
  };
  return {
    caption: words.runs,
    columns: [
      column(words.run),
      column(words.asked),
      column(words.by),
      column(words.model),
      numeric(words.people),
      column(words.outcome),
    ],
    rows: runs.map((run) => ({
      cells: [
        cell(`${words.run} ${formatNumber(run.number)}`, run.people === null ? undefined : to.run(run.runId)),
        cell(formatMoment("en", run.askedAt)),
        cell(names.get(run.askedBy) ?? run.askedBy),
        cell(run.modelVersion === null ? "–" : words.modelVersion(formatNumber(run.modelVersion))),
        cell(run.people === null ? "–" : formatNumber(run.people)),
        outcome(run),
      ],
    })),
  };
}

/** Offered where there is something to match and no run is under way. */
function matchForm({ agreements, files, standing, may }: RoomRead, going: Run | null) {
  const those = agreements.filter(({ agreementId }) => files.some((file) => file.agreementId === agreementId));
  const [only] = those;
  if (!may.run || only === undefined || going !== null) return null;
  const { modelId = null, modelVersion = null } = standing?.run ?? {};
  return {
    lead: those.length === 1 ? words.matchLead(only.title) : words.matchLeadMany,
    only: those.length === 1 ? only.agreementId : null,
    agreements: those.map(({ agreementId, title }) => ({ value: agreementId, text: title })),
    models:
      modelId === null || modelVersion === null
        ? []
        : [
            { value: "", text: words.modelNew, hint: { text: words.modelNewHint }, checked: true },
            {
              value: modelId,
              text: words.modelKept(formatNumber(modelVersion)),
              hint: { text: words.modelKeptHint },
            },
          ],
  };
}

const SCALE: readonly (readonly [number, string])[] = [
  [0.8, "almost perfect"],
  [0.6, "substantial"],
  [0.4, "moderate"],
  [0.2, "fair"],
  [0, "slight"],
];

/** "substantial" for 0.61 to 0.80; 0.80 itself is still that. */
export function kappaSaid(kappa: number): string {
  const rounded = Math.round(kappa * 100) / 100;
  return SCALE.find(([above]) => rounded > above)?.[1] ?? (rounded === 0 ? "slight" : "poor");
}

function readersSaid(agreement: RoomRead["agreement"]) {
  if (agreement === null) return { text: words.readersNone, source: null };
  const { share, kappa } = agreement;
  const figure = kappa.toFixed(2).replace("-", "\u2212");
  return {
    text: words.readersSaid(`${Math.round(share * 100)}%`, figure, kappaSaid(kappa)),
    source: words.readersSource,
  };
}

/** "99.5%", "99.99%": as many figures as it has. */
export function likelySaid(probability: number): string {
  return `${Number((probability * 100).toFixed(2))}%`;
}

const atMostSaid = (share: number) => `${(share * 100).toFixed(1)}%`;

function thresholdOf({ threshold, measured, names, may, standing }: RoomRead) {
  const chance = likelySaid(measured.least);
  const counts = { read: formatNumber(measured.read), wrong: formatNumber(measured.wrong) };
  const stands =
    threshold === null
      ? [words.thresholdNone]
      : [
          words.thresholdStands(likelySaid(threshold.probability)),
          words.thresholdRate({
            read: formatNumber(threshold.pairsRead),
            wrong: formatNumber(threshold.pairsWrong),
            atMost: atMostSaid(threshold.atMost),
          }),
          words.thresholdBy({
            who: names.get(threshold.setBy) ?? threshold.setBy,
            when: formatMoment("en", threshold.setAt),
            reason: threshold.reason,
          }),
        ];
  const now =
    measured.read === 0
      ? words.measuredNone(chance)
      : words.measured({ chance, ...counts, atMost: atMostSaid(measured.atMost) });
  const more = measured.more === 0 ? words.enough : words.more(formatNumber(measured.more), measured.more);
  return {
    sentences: [...stands, `${now} ${more}`],
    mayRead: may.review && standing !== null,
    form: may.allow && standing !== null,
    choices: THRESHOLDS.map((one) => ({ value: String(one), text: words.thresholdLikely(likelySaid(one)) })),
  };
}

function deletionSaid({ due }: RoomRead): readonly string[] {
  if (due.records === 0) return [words.deletionNone];
  return [
    words.deletionKept(formatNumber(due.records), due.records),
    ...(due.nextOn === null ? [] : [words.deletionNext(daySaid(due.nextOn))]),
    ...(due.kept === 0 ? [] : [words.deletionConcerned(formatNumber(due.kept), due.kept)]),
  ];
}
