/**
 * What a council buys, from whom and when, for the made-up spending. Every supplier is invented: a first word that is
 * no company's we know of, and a trade. Weights by month say the season: gritting in winter, trips in the holidays,
 * and the rush before the year ends in March.
 */
import { must } from "../../src/lib/assert.ts";
import type { Random } from "./random.ts";

export type Trade = {
  readonly area: string;
  readonly description: string;
  readonly endings: readonly [string, ...string[]];
  /** Net pounds, from and to; most fall near the lower end. */
  readonly pounds: readonly [number, number];
  readonly vat: boolean;
  /** How often, beside the other trades. */
  readonly weight: number;
  /** January to December, in tenths of an ordinary month. */
  readonly season: readonly number[];
};

const EVEN = [10, 10, 14, 9, 10, 10, 10, 9, 10, 10, 10, 9];
const WINTER = [40, 35, 15, 2, 0, 0, 0, 0, 1, 8, 22, 38];
const SUMMER = [3, 4, 8, 12, 16, 20, 24, 22, 14, 8, 4, 2];
const TERMS = [12, 11, 15, 8, 12, 12, 10, 1, 13, 12, 12, 8];
const HOLIDAYS = [3, 8, 4, 16, 6, 5, 28, 34, 4, 9, 3, 6];
const YEAR_END = [9, 13, 38, 5, 6, 7, 7, 6, 8, 8, 9, 8];

const ROWS = `
  Children's Services         | Foster Care Agency Placements    | Fostering Ltd; Family Placements Ltd            | 1800 9500   | no  | 13 | even
  Children's Services         | Residential Placements Children  | Children's Homes Ltd; Residential Care Ltd      | 9000 28000  | no  | 4  | even
  Children's Services         | Nursery Education Grant          | Day Nursery; Pre-School; Nursery Ltd            | 900 14000   | no  | 8  | terms
  Children's Services         | Home to School Transport         | Minibus Hire; Taxis; Coaches Ltd                | 520 4800    | no  | 9  | terms
  Children's Services         | Holiday Activities               | Outdoor Centre; Play Schemes; Adventure Days Ltd | 510 3900   | yes | 4  | holidays
  Children's Services         | Agency Social Work Staff         | Social Work Recruitment Ltd; Staffing Ltd       | 620 3400    | yes | 7  | even
  Community Health & Social Care | Residential Care Older People | Rest Home; Care Home Ltd; Lodge Care Ltd        | 1500 16000  | no  | 15 | even
  Community Health & Social Care | Domiciliary Care              | Home Care Ltd; Care at Home Ltd                 | 900 24000   | no  | 9  | even
  Community Health & Social Care | Supported Living              | Supported Living; Housing Support Ltd           | 2200 19000  | no  | 6  | even
  Community Health & Social Care | Equipment and Adaptations     | Mobility Ltd; Stairlifts Ltd                    | 510 4200    | yes | 4  | yearend
  Environment & Community Safety | Waste Disposal                | Waste Services Ltd; Recycling Ltd               | 2500 46000  | yes | 4  | even
  Environment & Community Safety | Grounds Maintenance           | Landscapes Ltd; Tree Services; Nurseries Ltd    | 510 5200    | yes | 5  | summer
  Environment & Community Safety | Vehicle Hire and Fleet Repairs | Vehicle Hire Ltd; Commercial Garage; Tyres Ltd | 505 4600    | yes | 6  | even
  Environment & Community Safety | Pest and Animal Services      | Pest Control; Boarding Kennels                  | 505 1600    | yes | 1  | summer
  Urban Vision                | Winter Gritting and Salt         | Salt Supplies Ltd; Winter Maintenance Ltd       | 1800 21000  | yes | 4  | winter
  Urban Vision                | Highway Repairs                  | Surfacing Ltd; Civil Engineering Ltd            | 1500 38000  | yes | 6  | yearend
  Urban Vision                | Street Lighting Energy           | Energy Supply Ltd                               | 2200 26000  | yes | 2  | winter
  Customer & Support Services | ICT Software and Licences        | Software Ltd; Systems Ltd                       | 600 22000   | yes | 5  | yearend
  Customer & Support Services | Legal and Professional Fees      | Solicitors; Consulting LLP; Surveyors LLP       | 520 9800    | yes | 5  | even
  Customer & Support Services | Postage Print and Stationery     | Print Ltd; Office Supplies Ltd                  | 505 3800    | yes | 5  | yearend
  Customer & Support Services | Temporary Staff                  | Recruitment Ltd; Personnel Ltd                  | 505 2900    | yes | 6  | even
  Customer & Support Services | Utilities Gas                    | Gas Supply Ltd                                  | 900 14000   | yes | 2  | winter
  Customer & Support Services | Building Repairs                 | Building Services Ltd; Roofing Ltd; Electrical Ltd | 520 8800 | yes | 7  | yearend
  Sustainable Regeneration    | Capital Works Contractors        | Construction Ltd; Contractors Ltd               | 12000 185000 | yes | 3 | yearend
  Sustainable Regeneration    | Grants to Voluntary Bodies       | Community Association; Advice Centre; Tenants' Group | 510 12000 | no | 4 | even
  Sustainable Regeneration    | Training and Skills              | Training Ltd; Skills Academy                    | 600 6400    | no  | 3  | terms
  Public Health               | Healthy Living Programmes        | Wellbeing CIC; Sports Trust                     | 510 5200    | no  | 2  | even
`;

const SEASONS: Readonly<Record<string, readonly number[]>> = {
  even: EVEN,
  winter: WINTER,
  summer: SUMMER,
  terms: TERMS,
  holidays: HOLIDAYS,
  yearend: YEAR_END,
};

function readTrade(line: string): Trade {
  const [area = "", description = "", endings = "", pounds = "", vat, weight, season = ""] = line
    .split("|")
    .map((part) => part.trim());
  const [first = "", ...rest] = endings.split(";").map((part) => part.trim());
  const [low, high] = pounds.split(/\s+/).map(Number);
  return {
    area,
    description,
    endings: [first, ...rest],
    pounds: [low ?? 0, high ?? 0],
    vat: vat === "yes",
    weight: Number(weight),
    season: SEASONS[season] ?? EVEN,
  };
}

export const trades: readonly Trade[] = ROWS.trim().split("\n").map(readTrade);

/** The trades of one month, each as often as its weight and the season say. The month runs from 1. */
function drawnIn(month: number): readonly [Trade, ...Trade[]] {
  const drawn = trades.flatMap((trade) => {
    const count = Math.floor((trade.weight * (trade.season[month - 1] ?? 10) + 5) / 10);
    return Array.from({ length: count }, () => trade);
  });
  const [first, ...rest] = drawn;
  return [must(first, "a month without trades"), ...rest];
}

const STARTS = [
  "Alder",
  "Barlow",
  "Birken",
  "Cawder",
  "Dunmere",
  "Elver",
  "Farren",
  "Gorse",
  "Hathers",
  "Inglen",
  "Jarrow",
  "Kersal",
  "Linnet",
  "Marple",
  "Nethern",
  "Oswin",
  "Pender",
  "Quarn",
  "Rushen",
  "Swinsty",
  "Thornet",
  "Ullswick",
  "Verrin",
  "Wardle",
  "Yarrow",
] as const;
const MIDDLES = ["mere", "hollow", "bank", "clough", "field", "gate", "shaw", "wick"] as const;

const DRAWN = Array.from({ length: 12 }, (_, index) => drawnIn(index + 1));

export function tradesOfMonth(month: number): readonly [Trade, ...Trade[]] {
  return must(DRAWN[month - 1], "a month runs from 1 to 12");
}

/** An invented supplier. Each trade has a dozen or so, so that the same ones come back month after month. */
export function supplierOf(trade: Trade, random: Random, publisher: string): string {
  const number = random.below(14);
  const shift = trade.description.length * 7 + publisher.length * 3 + number * 11;
  const start = STARTS[shift % STARTS.length] ?? "Alder";
  const middle = MIDDLES[(number + trade.area.length) % MIDDLES.length] ?? "mere";
  const ending = trade.endings[number % trade.endings.length] ?? trade.endings[0];
  return `${start}${middle} ${ending}`;
}
