/** English words of the pages where people are found and shown. Kept together, so that another language can follow. */

const many = (count: number, one: string, other: string) => (count === 1 ? one : other);

export const peopleWords = {
  find: "Find a person",
  findLead:
    "Among the people of the run that stands. Search only for somebody whom you support or may support: each look is written down, with who looked and under which agreement.",
  name: "Name, postcode or reference",
  nameHint: "At least three letters. Every word must be found; the beginning of each is enough.",
  search: "Search",
  noRunTitle: "Nothing has been matched yet",
  noRunText: "When records have been matched, their people can be found here.",
  toRoom: "Go to matching",
  found: (number: string, count: number) => `${number} ${many(count, "person was", "people were")} found`,
  foundMore: (number: string) => `The first ${number} people are shown: add a word to find fewer.`,
  nothingTitle: "Nobody was found",
  nothingText: "Try fewer words, only the beginning of a name, or another spelling.",
  names: "Names in their records",
  nameless: "No name",
  births: "Born",
  records: "Records",
  none: "–",

  person: "A person and their records",
  lead: (groups: string) =>
    `${groups} Only what a reader has settled, or the place's own threshold lets show, is joined.`,
  joined: (number: string) => `${number} records show as one person.`,
  severalJoined: (groups: string) => `${groups} groups of records each show as one person.`,
  noneJoined: "No two of these records show as one person yet.",
  oneRecord: "One record is of this person.",
  groupTitle: (number: string) => `${number} records of one person`,
  aloneTitle: (number: string, count: number) =>
    count === 1 ? "A record by itself" : `${number} records, each by itself`,
  onlyTitle: "The record",
  aloneText: "The run puts them beside the others, and nobody has settled that they are the same person.",
  unread: (number: string, count: number) =>
    `${number} ${many(count, "pair", "pairs")} of these records nobody has settled.`,
  openDesk: "Read pairs",
  field: "What",
  reference: "Reference",
  deleteOn: "Deleted on",
  kept: "Kept: they are concerned",
  notSent: "Not sent",
  withheld: "Not shown",
  withheldText: (agencies: string) => `Something of these records is withheld. Ask ${agencies}.`,
  differs: "Differs",

  around: "Home and family",
  notWhole:
    "Who lives with them and who their family is shows once all of their records show as one person: the home in a record that is not theirs would be somebody else's.",
  waiting: (number: string, count: number) =>
    `${number} more ${many(count, "person", "people")} may live with them or be their family. ${many(count, "Their name shows", "Their names show")} once their own records show as one person.`,
  household: "Who lives with them",
  householdNone: "No record says who lives with them, or it may not be worked out.",
  householdLead: "As the run that stands has it, from dated records. People of one household need not be one family.",
  who: "Name",
  this: "This person",
  known: "How it is known",
  seen: "A record names the home",
  placed: "By postcode and surname",
  followed: "The others went there",
  since: "Since",
  until: "Until",
  sinceUnknown: "Not known",

  family: "Family",
  familyLead:
    "What agencies recorded, and what follows from it. People who lived at one address before need not be family, and who is not here may be.",
  familyNone: "No register that was sent says who their family is, or it may not be worked out.",
  tie: "To this person",
  knownSince: "Known since",
  ties: {
    parent: "Parent or guardian",
    child: "Child",
    partner: "Partner",
    sibling: "Brother or sister",
    "co-resident": "Lived at one address",
  },
  how: "How it is known",
  recorded: (registers: string) => `Recorded: ${registers}`,
  inferred: (registers: string) => `Worked out from: ${registers}`,
  notSince: (day: string) => `No longer from ${day}`,

  concern: "Are they concerned?",
  deletedOn: (day: string) => `Their records are deleted on ${day}, unless somebody says that they are concerned.`,
  deletedFrom: (day: string) =>
    `Their records are deleted from ${day} on, unless somebody says that they are concerned.`,
  keptNow: "Somebody has said that they are concerned: their records have no day of deletion.",
  keptPartly: (day: string) =>
    `Some of their records are kept as they are concerned; the others are deleted from ${day} on.`,
  notConcernedOn: (day: string) => `If they are not, their records are deleted by ${day}.`,
  concerned: "They are of a family that is to be supported",
  concernedHint: "Their records are kept",
  notConcerned: "They are not concerned",
  notConcernedHint: (day: string) => `Their records are deleted by ${day}`,
  concernReason: "Under which of the agreement's tests",
  concernReasonHint: "Without names. For example: two tests are met, truancy and crime.",
  chooseConcern: "Say whether they are concerned",
  say: "Say so",
  saidConcerned: (number: string, count: number) =>
    `${number} ${many(count, "record is", "records are")} kept: they are concerned.`,
  saidNot: (number: string, count: number, day: string) =>
    `${number} ${many(count, "record is", "records are")} deleted by ${day}.`,
  allRecords: (number: string, count: number) =>
    count === 1
      ? "This holds for the record that the run has of them."
      : `This holds for all ${number} records that the run has of them.`,
} as const;
