/** One person as a page: records side by side by field, who lives with them, their family, what is withheld, and when what is deleted. */
import { parseDay } from "../../../lib/day.ts";
import type { findMatchedPeople, showMatchedPerson } from "../../../linkage/index.ts";
import { PERSON_FIELDS, personFieldName } from "../../../sharing/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import type { ValueOf } from "../money/reading.ts";
import { type Cell, cell, column, type MoneyTable, numeric } from "../money/tables.ts";
import { daySaid, type MatchingAddresses } from "./frame.ts";
import { fileSaid, opened } from "./level-words.ts";
import { peopleWords as words } from "./people-words.ts";

type Found = ValueOf<typeof findMatchedPeople>;
type Person = ValueOf<typeof showMatchedPerson>;
type Seen = Person["groups"][number][number];

/** A day as words where a record wrote it as one; else as it is written. */
function writtenDay(text: string): string {
  const day = parseDay(text);
  return day === null ? text : daySaid(day);
}

export function presentFound({ people, more }: Found, to: MatchingAddresses) {
  const count = people.length;
  const table: MoneyTable = {
    caption: words.found(formatNumber(count), count),
    columns: [column(words.names), column(words.births), numeric(words.records)],
    rows: people.map(({ personId, names, births, records }) => {
      const said = names.filter((name) => name !== "").join("; ");
      return {
        cells: [
          cell(said === "" ? words.nameless : said, to.person(personId)),
          cell(births.length === 0 ? words.none : births.map(writtenDay).join("; ")),
          cell(formatNumber(records)),
        ],
      };
    }),
  };
  return { table: count === 0 ? null : table, more: more ? words.foundMore(formatNumber(count)) : null };
}

export function presentPerson(person: Person, to: MatchingAddresses) {
  const joined = person.groups.filter((group) => group.length > 1);
  const alone = person.groups.filter((group) => group.length === 1).flat();
  const records = person.groups.flat();
  return {
    lead: leadSaid(joined, records.length),
    unread: person.unread === 0 ? null : words.unread(formatNumber(person.unread), person.unread),
    groups: [
      ...joined.map((group) => sectionOf(words.groupTitle(formatNumber(group.length)), { group, compared: true })),
      ...(alone.length === 0
        ? []
        : [
            {
              ...sectionOf(
                records.length === 1 ? words.onlyTitle : words.aloneTitle(formatNumber(alone.length), alone.length),
                { group: alone, compared: false },
              ),
              text: records.length === 1 ? null : words.aloneText,
            },
          ]),
    ],
    whole: person.whole,
    household: householdOf(person, to),
    family: familyOf(person, to),
    waiting: person.waiting === 0 ? null : words.waiting(formatNumber(person.waiting), person.waiting),
    concern: concernOf(person),
  };
}

function leadSaid(joined: readonly (readonly Seen[])[], records: number): string {
  const [first] = joined;
  if (records === 1) return words.oneRecord;
  if (first === undefined) return words.lead(words.noneJoined);
  return words.lead(
    joined.length === 1 ? words.joined(formatNumber(first.length)) : words.severalJoined(formatNumber(joined.length)),
  );
}

/** What is never compared: each record has its own. */
const OWN_FIELDS: readonly string[] = ["recorded_on"];

type Section = { readonly group: readonly Seen[]; readonly compared: boolean };

function sectionOf(title: string, { group, compared }: Section) {
  const isShown = (field: (typeof PERSON_FIELDS)[number]) =>
    group.some((one) => one.fields[field] !== undefined || (one.withheld && ALWAYS_SAID.includes(field)));
  const fields = PERSON_FIELDS.filter((field) => field !== "protection" && isShown(field));
  const rows = fields.map((field) => {
    const values = group.map((one) => one.fields[field]);
    const differ = compared && !OWN_FIELDS.includes(field) && new Set(values.flatMap(plain)).size > 1;
    const label = opened(personFieldName(field, "en"));
    const heading: Cell = { text: label, ...(differ && { note: words.differs }) };
    return { cells: [heading, ...group.map((one) => cell(shownValue(one, field)))] };
  });
  const agencies = [...new Set(group.filter(({ withheld }) => withheld).map(({ partner }) => partner))];
  const table: MoneyTable = {
    caption: title,
    columns: [column(words.field), ...group.map((one) => column(headingOf(one)))],
    rows: [
      { cells: [cell(words.reference), ...group.map(({ reference }) => cell(reference))] },
      ...rows,
      {
        cells: [
          cell(words.deleteOn),
          ...group.map(({ deleteOn }) => cell(deleteOn === null ? words.kept : daySaid(deleteOn))),
        ],
      },
    ],
  };
  const withheld = agencies.length === 0 ? null : words.withheldText(agencies.join(", "));
  return { title, table, withheld, text: null as string | null };
}

const headingOf = ({ partner, source }: Seen): string => {
  const register = opened(source);
  return partner.toLowerCase() === source.toLowerCase() ? register : `${partner}: ${register}`;
};

/** Where something is withheld these rows stand and say so, whoever sent what. */
const ALWAYS_SAID: readonly string[] = ["address", "postcode"];
const HOME: readonly string[] = ["address", "postcode", "phone", "email"];

function shownValue({ fields, withheld }: Seen, field: (typeof PERSON_FIELDS)[number]): string {
  const value = fields[field] ?? "";
  if (value === "") return withheld && HOME.includes(field) ? words.withheld : words.notSent;
  return field === "date_of_birth" || field === "recorded_on" ? writtenDay(value) : value;
}

/** What two agencies write alike but for capitals and marks does not differ; what is not sent says nothing. */
function plain(value: string | undefined): readonly string[] {
  const text = (value ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return text === "" ? [] : [text];
}

function householdOf({ personId, household }: Person, to: MatchingAddresses): MoneyTable | null {
  if (household.length === 0) return null;
  return {
    caption: words.household,
    columns: [column(words.who), column(words.known), column(words.since), column(words.until), numeric(words.records)],
    rows: household.map((one) => {
      const name = one.name === "" ? words.nameless : one.name;
      const own = one.personId === personId;
      return {
        cells: [
          own ? { text: name, note: words.this } : cell(name, to.person(one.personId)),
          cell(words[one.known]),
          cell(one.from === null ? words.sinceUnknown : daySaid(one.from)),
          cell(one.to === null ? words.none : daySaid(one.to)),
          cell(formatNumber(one.records)),
        ],
      };
    }),
  };
}

/** Whoever lives with them now stands above: of those who lived at one address, the others. */
function familyOf({ household, family }: Person, to: MatchingAddresses): MoneyTable | null {
  const atHome = new Set(household.map(({ personId }) => personId));
  const shown = family.filter(({ tie, personId }) => tie !== "co-resident" || !atHome.has(personId));
  if (shown.length === 0) return null;
  return {
    caption: words.family,
    columns: [column(words.who), column(words.tie), column(words.knownSince), column(words.how)],
    rows: shown.map(({ personId, name, tie, known, from, to: until, sources }) => {
      const since = from === null ? words.sinceUnknown : daySaid(from);
      const registers = sources.map(fileSaid).join("; ");
      return {
        cells: [
          cell(name === "" ? words.nameless : name, to.person(personId)),
          cell(words.ties[tie]),
          { text: since, ...(until !== null && { note: words.notSince(daySaid(until)) }) },
          cell(known === "recorded" ? words.recorded(registers) : words.inferred(registers)),
        ],
      };
    }),
  };
}

function concernOf({ groups, notConcernedOn }: Person) {
  const days = groups.flat().map(({ deleteOn }) => deleteOn);
  const dated = days.filter((day) => day !== null).sort();
  const [first] = dated;
  const soon = daySaid(notConcernedOn);
  const now =
    first === undefined
      ? words.keptNow
      : dated.length === days.length
        ? (first === dated.at(-1) ? words.deletedOn : words.deletedFrom)(daySaid(first))
        : words.keptPartly(daySaid(first));
  return {
    sentences: [`${now} ${words.notConcernedOn(soon)}`, words.allRecords(formatNumber(days.length), days.length)],
    items: [
      { value: "yes", text: words.concerned, hint: { text: words.concernedHint } },
      { value: "no", text: words.notConcerned, hint: { text: words.notConcernedHint(soon) } },
    ],
  };
}
