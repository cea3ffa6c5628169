/** English words of the room of matching and of what its pages share. Kept together, so that another language can follow. */

const many = (count: number, one: string, other: string) => (count === 1 ? one : other);

const wrongSaid = (wrong: string): string => (wrong === "1" ? "1 was" : `${wrong} were`);

export const matchingWords = {
  title: "Matching",
  lead: "Which records of several agencies are of one person, and who lives with whom. Nothing joins in a family's picture until a reader has settled it, or the place's own threshold lets it.",

  // What stands
  stands: (the: { records: string; registers: string; people: string; households: string; when: string }) =>
    `${the.records} records of ${the.registers} are ${the.people} people in ${the.households} households, as matched on ${the.when}.`,
  registers: (number: string, count: number) => `${number} ${many(count, "register", "registers")}`,
  standsReport: (number: string) => `Report of run ${number}`,
  changedSince: "Files have been brought since then: match again to take them in.",

  // Empty states
  noAgreementTitle: "First, an agreement",
  noAgreementText:
    "No record may be brought or matched outside an information-sharing agreement to find families. None is in force here.",
  prepareAgreement: "Prepare an agreement",
  openRegister: "Open the register of agreements",
  noFilesTitle: "Next, bring the agencies' files",
  noFilesText:
    "An agreement is in force. Bring one file from each register: a CSV or XLSX file with one row for each person's record.",
  noRunsTitle: "Next, match the records",
  noRunsText: "Files are here and nothing has been matched yet. Matching takes a few minutes and changes no record.",

  // What waits
  waits: "What waits",
  toRead: "Pairs to read",
  toReadNote: "nobody has read them",
  another: "For another reader",
  anotherNote: "two must agree, or a third decides",
  open: "Nobody could tell",
  openNote: "shown in nobody's picture",
  openDesk: "Read pairs",
  nothingWaits: "No pair waits to be read.",
  readSoFar: "Readings so far",
  readMine: (mine: string) => `${mine} of them yours`,
  listReadings: "List of readings",
  findPeople: "Find a person",

  // The run under way
  underWayTitle: "Matching is under way",
  underWayText: (number: string, who: string, when: string) =>
    `Run ${number} was asked for by ${who} on ${when}. What the run before found stands until it ends.`,
  openJob: "See how far it is",

  // Files
  files: "Files of each register",
  filesLead: "The newest file of each register is what is matched.",
  bring: "Bring a file",
  partner: "Agency",
  register: "Register",
  file: "Newest file",
  records: "Records",
  brought: "Brought",
  deletedOn: "Deleted on",
  leftOut: "Columns left out",
  leftOutNone: "None",
  madeUp: "Made up",

  // Runs
  runs: "Runs",
  runsNone: "There was no run yet.",
  run: "Run",
  asked: "Asked for",
  by: "By",
  model: "Model",
  modelVersion: (number: string) => `Version ${number}`,
  people: "People",
  outcome: "What came of it",
  standing: "Stands",
  replaced: "Report kept",
  going: "Under way",
  refusedRun: (why: string) => `Nothing: ${why}`,
  stopped: "It was stopped before its end.",
  match: "Match the records",
  matchLead: (agreement: string) =>
    `This matches the newest file of each register that came under “${agreement}”. What readers have settled is kept, whatever the engine finds.`,
  matchLeadMany: "This matches the newest file of each register that came under the agreement that you choose.",
  agreement: "Agreement",
  modelChoice: "Weights",
  modelNew: "Learn them from these records",
  modelNewHint: "Usual, and needed where other columns or registers have come",
  modelKept: (number: string) => `Use model version ${number} as it is`,
  modelKeptHint: "So that two runs can be compared",
  started: "Matching has begun. It goes on when you leave the page.",

  // Agreement
  agreements: "Agreement in force",
  agreementsMany: "Agreements in force",
  agreementUntil: (the: { ends: string; review: string }) => `until ${the.ends}; to be reviewed by ${the.review}`,
  allAgreements: "All agreements",
  whoLooked: "Who looked at records",

  // Readers
  readers: "How far readers agree",
  readersNone: "No pair has been read by two people yet, so nothing can be said.",
  readersSaid: (share: string, kappa: string, scale: string) =>
    `Where two people read the same pair without seeing each other's answer, they said the same of ${share} of pairs. Beyond what chance would give that is a kappa of ${kappa}: ${scale}.`,
  readersSource:
    "Jacob Cohen, “A Coefficient of Agreement for Nominal Scales”, 1960; the words for it are those of Richard Landis and Gary Koch, “The Measurement of Observer Agreement for Categorical Data”, 1977.",

  // Threshold
  threshold: "The place's own threshold",
  thresholdNone: "None is laid down: only what readers have settled shows in a family's picture.",
  thresholdStands: (chance: string) =>
    `A match that nobody has read shows in a family's picture from ${chance} likely on.`,
  thresholdBy: (the: { who: string; when: string; reason: string }) =>
    `Laid down by ${the.who} on ${the.when}: “${the.reason}”`,
  thresholdRate: (the: { read: string; wrong: string; atMost: string }) =>
    `It was measured then on ${the.read} pairs drawn by lot and read by people: ${wrongSaid(the.wrong)} not one person, so at most ${the.atMost} of merges are wrong (at 95% confidence).`,
  measuredNone: (chance: string) => `No pair from ${chance} on has been read to measure yet.`,
  measured: (the: { chance: string; read: string; wrong: string; atMost: string }) =>
    `Now: of ${the.read} pairs from ${the.chance} on that were drawn by lot and read, ${wrongSaid(the.wrong)} not one person: at most ${the.atMost} of merges are wrong.`,
  more: (number: string, count: number) =>
    `${number} more ${many(count, "pair", "pairs")} must be read by lot without a fault before a threshold can be laid down.`,
  enough: "That is enough to lay down a threshold: at most 1% may be wrong.",
  readByLot: "Read pairs by lot",
  thresholdForm: "Lay down a threshold",
  thresholdFrom: "Show a match that nobody has read from",
  thresholdLikely: (chance: string) => `${chance} likely`,
  thresholdReason: "Why this one, and who was asked",
  thresholdSet: "The threshold is laid down.",
  thresholdWho: "The information governance lead lays it down.",

  // Deletion
  deletion: "What is deleted when",
  deletionNone: "No record is here, so none is to be deleted.",
  deletionKept: (number: string, count: number) => `${number} ${many(count, "record is", "records are")} here.`,
  deletionNext: (day: string) =>
    `The next are deleted on ${day}, unless somebody says before then that their people are concerned.`,
  deletionConcerned: (number: string, count: number) =>
    `${number} ${many(count, "is", "are")} of people who are concerned, and ${many(count, "has", "have")} no day of deletion.`,
  deletionDay: (day: string) => `Deleted on ${day}`,
} as const;
