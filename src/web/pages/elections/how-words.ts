/** How each rule chose, in sentences for somebody who has never heard of it. The Welsh awaits a translator's check. */
import { openMessages } from "../../messages/translate.ts";

const en = {
  title: "How they were chosen",
  by_greedy: "taking most votes first",
  "by_greedy-per-pound": "taking most votes for the money first",
  "by_equal-shares": "by equal shares",
  by_phragmen: "by Phragmén's rule",
  "by_max-welfare": "as the set that satisfies voters most",
  how_greedy:
    "Projects were taken in order of votes, those with most first. One that cost more than the money left was passed over.",
  "how_greedy-per-pound":
    "Projects were taken in order of votes for each unit of cost, so that cheap ones came earlier. One that cost more than the money left was passed over.",
  "how_equal-shares":
    "The budget was shared out equally: each of {{voters}} voters had {{share}} to begin with. A project was bought when the people who chose it could pay for it between them, and each paid the same, or all they had left.",
  how_phragmen:
    "Every voter earned money at the same pace. A project was bought as soon as the people who chose it had its cost between them, and they started again from nothing. The count ended at the first project that no longer fitted the budget.",
  "how_max-welfare":
    "Of all sets of projects that fit the budget, this is the one that satisfies voters most when everybody's satisfaction is added up.",
  firstShares: "First came “{{name}}”: {{votes}} people chose it, and those who could paid {{price}} each.",
  first: "First came “{{name}}”, with {{votes}} votes.",
  raised:
    "Money was left that no group could spend together, so everybody's share was made a little larger and the projects bought anew, {{number}} times.",
  rest: "What was still left then went to projects with most votes that fitted it.",
  inFull: "The rule in full, as it was chosen",
} as const;

const cy = {
  title: "Sut y cawsant eu dewis",
  by_greedy: "gan gymryd y nifer mwyaf o bleidleisiau yn gyntaf",
  "by_greedy-per-pound": "gan gymryd y nifer mwyaf o bleidleisiau am yr arian yn gyntaf",
  "by_equal-shares": "yn ôl cyfrannau cyfartal",
  by_phragmen: "yn ôl rheol Phragmén",
  "by_max-welfare": "fel y set sy'n bodloni pleidleiswyr fwyaf",
  how_greedy:
    "Cymerwyd prosiectau yn nhrefn pleidleisiau, y rhai â'r nifer mwyaf yn gyntaf. Aethpwyd heibio i un a gostiai fwy na'r arian a oedd ar ôl.",
  "how_greedy-per-pound":
    "Cymerwyd prosiectau yn nhrefn pleidleisiau am bob uned o gost, fel bod rhai rhad yn dod yn gynharach. Aethpwyd heibio i un a gostiai fwy na'r arian a oedd ar ôl.",
  "how_equal-shares":
    "Rhannwyd y gyllideb yn gyfartal: roedd gan bob un o {{voters}} o bleidleiswyr {{share}} i ddechrau. Prynwyd prosiect pan allai'r bobl a'i dewisodd dalu amdano rhyngddynt, a thalodd pob un yr un faint, neu'r cyfan a oedd ganddynt ar ôl.",
  how_phragmen:
    "Enillodd pob pleidleisiwr arian ar yr un cyflymder. Prynwyd prosiect cyn gynted ag yr oedd gan y bobl a'i dewisodd ei gost rhyngddynt, a dechreuasant eto o ddim. Daeth y cyfrif i ben gyda'r prosiect cyntaf nad oedd bellach yn ffitio'r gyllideb.",
  "how_max-welfare":
    "O'r holl setiau o brosiectau sy'n ffitio'r gyllideb, dyma'r un sy'n bodloni pleidleiswyr fwyaf pan ychwanegir bodlonrwydd pawb at ei gilydd.",
  firstShares: "Daeth “{{name}}” yn gyntaf: dewisodd {{votes}} o bobl ef, a thalodd y rhai a allai {{price}} yr un.",
  first: "Daeth “{{name}}” yn gyntaf, gyda {{votes}} o bleidleisiau.",
  raised:
    "Roedd arian ar ôl na allai unrhyw grŵp ei wario gyda'i gilydd, felly gwnaed cyfran pawb ychydig yn fwy a phrynwyd y prosiectau o'r newydd, {{number}} gwaith.",
  rest: "Yna aeth yr hyn a oedd ar ôl o hyd i brosiectau â'r nifer mwyaf o bleidleisiau a oedd yn ei ffitio.",
  inFull: "Y rheol yn llawn, fel y'i dewiswyd",
} as const;

export const howWords = openMessages({ en, cy });
