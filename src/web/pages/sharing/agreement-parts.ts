/** The parts of an agreement's page: what it says, line by line, and its partners with their signatures. */
import type { Day } from "../../../lib/day.ts";
import { type Capacity, personFieldName, purposeName } from "../../../sharing/index.ts";
import { formatDay } from "../../shell/formats.ts";
import { named } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { cell, column, type MoneyTable } from "../money/tables.ts";
import type { Desk } from "./frame.ts";
import type { readAgreement } from "./reading.ts";
import { capital } from "./register.ts";

export type ShownAgreement = ValueOf<typeof readAgreement>;

/** `english`: typed as it stands in a law or by a person, so that it is read out in English on a Welsh page. */
type Fact = { readonly label: string; readonly text: string; readonly href?: string; readonly english?: boolean };

export function warningOf({ words, visit }: Desk, one: ShownAgreement): string | null {
  return one.reviewOverdue ? words("overdueText", { day: formatDay(visit.language, one.reviewOn as Day) }) : null;
}

export function factsOf(desk: Desk, one: ShownAgreement): readonly Fact[] {
  const { words, visit, to } = desk;
  const { language } = visit;
  const day = (when: string) => formatDay(language, when as Day);
  const typed = (label: string, text: string): readonly Fact[] => (text === "" ? [] : [{ label, text, english: true }]);
  const assessed = { reference: one.assessment, day: day(one.assessedOn) };
  return [
    {
      label: words("purposes"),
      text: capital(one.purposes.map((purpose) => purposeName(purpose, language)).join("; ")),
    },
    ...typed(words("gateway"), one.gateway),
    ...typed(words("basis"), one.basis),
    ...typed(words("specialBasis"), one.specialBasis),
    ...typed(words("crimeBasis"), one.crimeBasis),
    { label: words("fields"), text: capital(one.fields.map((each) => personFieldName(each, language)).join(", ")) },
    { label: words("keep"), text: words("keepText", { count: one.keepDays }) },
    { label: words("starts"), text: day(one.startsOn) },
    { label: words("review"), text: day(one.reviewOn) },
    { label: words("ends"), text: day(one.endsOn) },
    { label: words("assessment"), text: words("assessmentText", assessed) },
    { label: words("notice"), text: one.privacyNotice, href: one.privacyNotice },
    ...historyOf(desk, one),
    ...(one.preparedBy === null ? [] : [{ label: words("preparedBy"), text: nameOf(one, one.preparedBy) }]),
  ].map((fact) => (fact.href?.startsWith("/") ? { ...fact, href: to.one(fact.href.slice(1)) } : fact));
}

/** What it replaces and how it ended; those are not public, so only people who work here are led there. */
function historyOf({ words, visit }: Desk, one: ShownAgreement): readonly Fact[] {
  const facts: Fact[] = [];
  const led = (id: string) => (one.readsAll ? { href: `/${id}` } : {});
  if (one.replacesId !== null)
    facts.push({ label: words("replaces"), text: words("anotherAgreement"), ...led(one.replacesId) });
  if (one.end === null) return facts;
  const { endedOn, reason, replacedBy } = one.end;
  const day = formatDay(visit.language, endedOn as Day);
  facts.push(
    replacedBy === null
      ? { label: words("ended"), text: words("endedText", { day, reason }) }
      : { label: words("ended"), text: words("replacedText", { day }), ...led(replacedBy) },
  );
  return facts;
}

const nameOf = ({ makers }: ShownAgreement, mark: string): string => makers.get(mark) ?? mark;

export function partiesTable(desk: Desk, one: ShownAgreement): MoneyTable {
  const { words, visit } = desk;
  const tick = (is: boolean) => cell(words(is ? "yes" : "no"));
  return {
    caption: words("whoSigned"),
    columns: [
      column(words("partner")),
      column(words("sends")),
      column(words("receives")),
      column(words("health")),
      column(words("signed")),
      column(words("guardian")),
    ],
    rows: one.parties.map((party) => ({
      cells: [
        cell(named(visit.language, [party.name, party.nameWelsh])),
        tick(party.sends),
        tick(party.receives),
        tick(party.health),
        cell(signatureText(desk, { one, partnerId: party.partnerId, capacity: "signatory" })),
        cell(
          party.health
            ? signatureText(desk, { one, partnerId: party.partnerId, capacity: "caldicott_guardian" })
            : words("notNeeded"),
        ),
      ],
    })),
  };
}

function signatureText(
  { words, visit }: Desk,
  the: { readonly one: ShownAgreement; readonly partnerId: string; readonly capacity: Capacity },
): string {
  const { one } = the;
  const found = one.signatures.find((each) => each.partnerId === the.partnerId && each.capacity === the.capacity);
  if (found === undefined) return words("notSigned");
  const day = formatDay(visit.language, found.signedOn as Day);
  if (found.signedBy === null) return words("signedText", { day });
  const name = nameOf(one, found.signedBy);
  if (!found.onPaper) return words("signedBy", { day, name });
  return `${words("signedPaper", { day, name })}. ${words("paperAt", { where: found.onPaper })}`;
}
