/** English words of the report of a run of matching. Kept together, so that another language can follow. */

const many = (count: number, one: string, other: string) => (count === 1 ? one : other);

export const reportWords = {
  // The head
  title: (number: string) => `Matching run ${number}`,
  matching: "Matching",
  lead: "What came of it, how far it can be trusted, and what waits to be done.",
  inShort: "In short",
  people: "People",
  households: "Households",
  toRead: "Pairs to read",
  found: "Matches compared",
  ofRecords: (records: string) => `from ${records} records`,
  communal: (homes: string, count: number) =>
    `besides ${homes} communal ${many(count, "home", "homes")}, which ${many(count, "makes", "make")} no household`,
  noCommunal: "no communal home was found",
  forReader: "before a family's picture shows what they join",
  estimated: "estimated; the others were never compared",
  about: "About this run",
  started: "Started",
  startedBy: "Started by",
  agreement: "Under the agreement",
  model: "Model",
  threshold: "Linked from",
  thresholdSaid: (chance: string) => `${chance} likely to be one person`,
  prior: "Before anything is compared",
  priorSaid: (pairs: string) => `${pairs} is of one person`,
  lot: "Lots drawn with",
  lotSaid: (seed: string) => `Seed ${seed}; the same files and seed give the same links and lots again`,
  compared: "Pairs compared",
  linked: "Pairs linked",
  openReview: "Read the pairs that wait",

  // Sentences
  became: (the: { records: string; files: string; people: string; households: string }) =>
    `${the.records} records from ${the.files} are ${the.people} people in ${the.households} households.`,
  agencies: (number: string, count: number) => `${number} ${many(count, "file", "files")}`,
  blocking: (share: string) =>
    `Of the pairs that are one person, ${share} are estimated to have been compared. The others were never looked at, and no threshold finds them.`,
  blockingAll: "Every two records were compared, so none was left out unseen.",
  waits: (number: string, count: number) =>
    count === 0
      ? "No pair waits for a reader."
      : `${number} ${many(count, "pair waits", "pairs wait")} for a reader. Until then no family's picture shows what ${many(count, "it", "they")} would join.`,
  worse: (the: { group: string; missed: string; others: string; than: string }) =>
    `Of the matches of ${the.group}, ${the.missed} are expected to be missed; of ${the.others}, ${the.than}.`,
  notWorse: "No group of 10 records or more is expected to be served clearly worse than others.",

  // What is done with a picture
  toDo: "What to do",
  bits: "Bits",
  thresholdMark: "linked from here",
  showsMark: "in a family's picture from here",
  linkedFromHere: "linked from here on",
  nothingCompared: "Nothing was compared.",

  // Completeness
  had: "What there was to go on",
  completeness: "How much is filled, by file",
  completenessDescription: (column: string, share: string) => `Least filled is ${column}: ${share} of records.`,
  completenessMeans:
    "A value that is missing counts neither for nor against. Records with much missing are found less often.",
  completenessToDo: (least: { column: string; file: string; share: string }) =>
    `In the file “${least.file}”, only ${least.share} of records have the ${least.column} filled. Ask whoever sends it whether more can be sent: it helps these records more than any change of the model.`,
  completenessDone:
    "Every column that a file has is filled in at least 95% of its records. There is nothing to ask for.",
  column: "Column",
  notHeld: "not held",
  filesMore: (drawn: string) => `The first ${drawn} files are drawn. The table has all.`,
  file: "File",
  records: "Records",
  nobodyTwice: "Holds nobody twice",
  files: "The files",
  yes: "yes",
  no: "no",

  // Blocking
  wereCompared: "Which pairs were compared",
  rules: "Pairs by rule, added up",
  rulesDescription: (rules: string, pairs: string) => `${rules} rules make ${pairs} pairs.`,
  rulesMeans:
    "Not every two records are compared: only those that share something. Each rule adds pairs that no rule before it made.",
  rulesToDo: (name: string, share: string) =>
    `“${name}” makes ${share} of the pairs. If a run takes too long, narrow that rule first and look whether the estimate of what is found goes down.`,
  rulesAll: "There are few enough records that every two were compared. No rule was needed.",
  rule: "Rule",
  allRules: "All rules together",
  pairsAdded: "Pairs added",
  pairsSoFar: "Pairs so far",

  // Weights
  counts: "What counts for and against",
  weights: "What each level of agreement counts",
  weightsDescription: (strongest: string, against: string) => `Most for: ${strongest}. Most against: ${against}.`,
  weightsMeans:
    "A bar to the right speaks for one person, to the left for two. “9 times for” makes it nine times as likely as before that two records are one person.",
  weightsToDo: (untrained: string, count: number) =>
    `${untrained} ${many(count, "level", "levels")} had no matches to learn from and ${many(count, "stands", "stand")} at what is usual. Train on more records, or have pairs read, before a decision leans on ${many(count, "it", "them")}.`,
  weightsDone:
    "Every level was seen in training. Look for a level that counts against although you would expect it to count for.",
  weightsMore: (levels: string, comparison: string) =>
    `${levels} levels of ${comparison} that were seldom or never seen in training are not drawn. They are in the table.`,
  learned: "Counts for",
  learnedAgainst: "Counts against",
  usual: "Not seen in training: what is usual",
  whatIsCompared: "What is compared",
  level: "Level",
  whatItCounts: "What it counts",
  seen: "Seen in training",
  shares: "How often each level is found",
  sharesDescription: "Two bars for each level: among matches, and among pairs of different people.",
  sharesMeans:
    "A level says much where it is found often among records of one person and seldom among records of different people: a long bar above a short one.",
  sharesToDo:
    "Where the first level of a column is found in fewer than 8 of 10 matches, its values are often mistyped or out of date. Compare with what you know of the files: a number that you cannot believe is a model that you should not use.",
  ofMatches: "Among matches (m)",
  ofOthers: "Among pairs of different people (u)",

  // How sure
  sure: "How sure it is",
  histogram: "How sure all pairs are",
  histogramDescription: (pairs: string, above: string) => `${pairs} pairs, of which ${above} reach the threshold.`,
  histogramMeans:
    "Pairs to the left are of different people, pairs to the right of one. A good model has a deep valley between; pairs in the valley could be either.",
  histogramToDo: (near: string, threshold: string) =>
    `About ${near} pairs lie between one in ten and nine in ten. These are worth reading. Moving the threshold (now ${threshold}) changes what is done with them and with little else.`,
  histogramScale: "Each line is ten times the one below it.",
  odds: "How likely to be one person",
  pairs: "Pairs",
  reaches: "Reaches the threshold",
  below: "Below the threshold",
  from: "From (bits)",
  to: "To (bits)",
  calibration: (points: string) =>
    `Of pairs that say by themselves that they are one person with a probability of 0.8, eight in ten should be. On average they are estimated to be ${points} off, measured against the people that all pairs together make.`,
  points: (points: string) => `${points} percentage points`,
  unlinkables: "Records that say too little",
  unlinkablesDescription: (share: string) => `${share} of records cannot reach the threshold, even beside themselves.`,
  unlinkablesMeans:
    "Some records hold so little that even a perfect copy would not reach the threshold. They stay alone whatever the model.",
  unlinkablesToDo: (share: string) =>
    `At this run's threshold ${share} of records are so poor. Ask for fuller ones: a lower threshold would link them to strangers.`,
  unlinkablesDone: "At this run's threshold every record says enough. There is nothing to ask for.",
  shareOfRecords: "Records that cannot be linked",
  thresholdColumn: "Threshold (bits)",
  labels: "Against what people decided",
  labelsDescription: (pairs: string) => `Precision and recall at each threshold, of ${pairs} pairs that were read.`,
  labelsMeans:
    "Of pairs that people have read: how many of those linked are right (precision), and how many of the right ones are linked (recall). Read pairs are the hard ones, chosen because the model was in doubt, so both are lower here than over all pairs.",
  labelsToDo:
    "Choose the threshold where a wrong link and a missed one do equal harm. Where a wrong link shows a stranger's history to a family's worker, choose further to the right.",
  labelsNone: "No pair of this run has been read yet. Once pairs are read, this shows how often the model was right.",
  precision: "Precision: right, of those linked",
  recall: "Recall: linked, of those right",
  pairsRead: "Pairs",
  thresholdName: "Threshold (probability)",

  // Groups
  worseTitle: "Who is served worse",
  groups: (by: string) => `Missed and wrong, ${by}`,
  by_sex: "by sex",
  by_age: "by age",
  by_moved: "by whether they moved",
  by_missing: "by how much is missing",
  groupsDescription: (group: string, missed: string) => `Most is missed of ${group}: ${missed} in 100 matches.`,
  groupsMeans:
    "A mean hides who is linked badly. Here the model's own probabilities say how many matches of each group are missed, and how many links are wrong; nobody has checked them.",
  groupsToDo:
    "Before a figure that comes from these links is compared between groups, say beside it what is missed in each. Have more pairs read of the group that is served worst.",
  groupsNone: "The files say nothing by which records could be grouped.",
  withheld: "fewer than 10 records: not shown",
  withheldNote: "Groups of fewer than 10 records are not shown.",
  group: "Group",
  missed: "Missed, of 100 matches",
  missedNumber: "About how many",
  wrong: "Wrong, of 100 links",
  wrongNumber: "About how many wrong",
  links: "Links",
  per100: (number: string) => `${number} in 100`,

  // Left apart
  apart: "What was left apart, and why",
  parted: (number: string, count: number) =>
    `${number} ${many(count, "pair is likely by itself and was", "pairs are likely by themselves and were")} kept apart, because of what else is known of the records around: twins, a father and the son named after him, two numbers that prove themselves.`,
  weak: (number: string, count: number) =>
    `The records of ${number} ${many(count, "person", "people")} hang together by a single pair or by few. These are the first to be read.`,
  doubt: (number: string, count: number) =>
    `${number} ${many(count, "record fits", "records fit")} two people about equally well, and ${many(count, "stands", "stand")} alone until somebody who knows says whose ${many(count, "it is", "they are")}.`,
  communalSaid: (number: string, count: number) =>
    `${number} ${many(count, "home holds", "homes hold")} many unrelated people: a hostel, a care home, flats under one number. ${many(count, "It makes", "They make")} no household.`,
  withheldSaid: (number: string, count: number) =>
    `About the home of ${number} ${many(count, "person", "people")} nothing is inferred, because of a refuge, an adoption or a protection.`,

  // Families
  ties: "Ties of families",
  tiesMeans:
    "What registers recorded of who is whose family, and what follows from it: children of one parent are brothers and sisters. Who lived at one address is counted apart, and is no family for that. Nobody who is protected is counted.",
  tiesNone: "No register that was sent says who is related to whom, and no two people were found at one address.",
  tie: "Tie",
  tiesRecorded: "Recorded",
  tiesInferred: "Worked out",
  tieKinds: {
    "parent-or-guardian": "Parent or guardian, and child",
    partner: "Partners",
    sibling: "Brothers and sisters",
    "co-resident": "Lived at one address",
  },
  unknownReferences: (number: string, count: number) =>
    `${number} ${many(count, "relative is", "relatives are")} named by a reference that no record of the register has. Ask whoever sends it whether the ${many(count, "record was", "records were")} left out.`,
  contradictions: {
    oneself: (number: string, count: number) =>
      `${number} ${many(count, "relation is", "relations are")} between records that are one person here. Either the register or the match is wrong: read ${many(count, "its pair", "their pairs")} first.`,
    parent_too_young: (number: string, count: number) =>
      `${number} ${many(count, "relation makes", "relations make")} somebody a parent who is less than 12 years older than the child.`,
    own_ancestor: (number: string, count: number) =>
      `${number} ${many(count, "relation makes", "relations make")} somebody their own forebear.`,
    too_many_ancestors: (number: string, count: number) =>
      `${number} ${many(count, "relation gives", "relations give")} somebody more than 100 forebears.`,
  },
  crowdedPeople: (number: string, count: number) =>
    `${number} ${many(count, "person is", "people are")} recorded with more relatives than a family has, or than a run can take in all. None of these relations is taken: ask whoever sends the register.`,
  crowdedHomes: (number: string, count: number) =>
    `At ${number} ${many(count, "address", "addresses")} more people have lived over the years than a family has, or than a run can take in all: nobody is said to have lived with anybody there.`,

  // Sources
  method: "Where the method comes from",
  sources: [
    "Matches and weights: Ivan Fellegi and Alan Sunter, “A Theory for Record Linkage”, Journal of the American Statistical Association 64, 1969.",
    "How rare values are: Howard Newcombe and others, “Automatic Linkage of Vital Records”, Science 130, 1959.",
    "The pictures: Robin Linacre and others, “Splink: Free software for probabilistic record linkage at scale”, International Journal of Population Data Science 7, 2022.",
    "Error by group: Ruth Gilbert and others, “GUILD: GUidance for Information about Linking Data sets”, Journal of Public Health 40, 2018.",
    "How far probabilities mean what they say: Mahdi Pakdaman Naeini and others, “Obtaining Well Calibrated Probabilities Using Bayesian Binning”, AAAI 2015.",
  ],

  // One pair
  waterfall: "Why these two weigh what they weigh",
  waterfallDescription: (chance: string) => `From any two records to these two: ${chance} likely to be one person.`,
  waterfallNote: "A filled bar speaks for one person, a dashed one for two. Each begins where the one above it ended.",
  anyTwo: "Any two records",
  rarer: "What they share is rarer than most",
  commoner: "What they share is more common than most",
  mayHaveMoved: "May have moved: the home differs as one",
  ofOneHousehold: "May be two people of one household",
  together: "Together",
  rarityColumn: "Of it for rarity, besides (bits)",
  soFar: "So far (bits)",
} as const;
