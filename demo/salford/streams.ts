/**
 * The funding streams of Greater Manchester, 2012-13 (and one year before). All amounts are made up. The attachment
 * fees follow the published rule: families funded × £4,000 × 80 per cent in 2012-13 (Troubled Families financial
 * framework, DCLG, 28 March 2012); the numbers of families are made up.
 */
import { mustDay } from "../../src/lib/day.ts";
import type { DemoStream } from "../types.ts";
import { SALFORD_GSS } from "./partners.ts";

const YEAR = { from: mustDay("2012-04-01"), to: mustDay("2013-03-31") };
const YEAR_BEFORE = { from: mustDay("2011-04-01"), to: mustDay("2012-03-31") };

/** £4,000 × 80 per cent. */
const ATTACHMENT_FEE_PENCE = 320_000n;

export const FUNDED_FAMILIES: readonly (readonly [councilId: string, name: string, gss: string, families: bigint])[] = [
  ["salford", "Salford", "E08000006", 232n],
  ["bolton", "Bolton", "E08000001", 167n],
  ["bury", "Bury", "E08000002", 90n],
  ["manchester", "Manchester", "E08000003", 530n],
  ["oldham", "Oldham", "E08000004", 186n],
  ["rochdale", "Rochdale", "E08000005", 178n],
  ["stockport", "Stockport", "E08000007", 126n],
  ["tameside", "Tameside", "E08000008", 155n],
  ["trafford", "Trafford", "E08000009", 82n],
  ["wigan", "Wigan", "E08000010", 177n],
];

const attachments: readonly DemoStream[] = FUNDED_FAMILIES.map(([councilId, name, gss, families]) => ({
  id: `${councilId}-attachment-2012`,
  name: {
    en: `Troubled families attachment fees, ${name}, 2012-13`,
    cy: `Ffioedd ymlyniad teuluoedd mewn trafferthion, ${name}, 2012-13`,
  },
  payerId: "dclg",
  holderId: councilId,
  councilGss: gss,
  amountPence: families * ATTACHMENT_FEE_PENCE,
  ...YEAR,
  power: "Section 31 of the Local Government Act 2003 (grant)",
  conditions: [
    "80 per cent of £4,000 for each family funded, paid when work with the family begins",
    "Five of every six families are funded",
    "Families meet three of: crime and antisocial behaviour; children not in school; an adult out of work; high cost",
    "The rest is paid by results",
  ],
  ringFenced: false,
  note: `${families} families funded (a made-up number) × £3,200.`,
  figureIds: ["tf-unit", "tf-attachment-2012"],
  madeUp: true,
}));

type Short = Pick<DemoStream, "id" | "name" | "payerId" | "holderId" | "amountPence" | "power" | "conditions"> &
  Partial<DemoStream>;

function salford(short: Short): DemoStream {
  return { councilGss: SALFORD_GSS, ...YEAR, ringFenced: false, note: "", figureIds: [], madeUp: true, ...short };
}

const others: readonly DemoStream[] = [
  salford({
    id: "salford-coordinator-2012",
    name: {
      en: "Troubled families co-ordinator grant, 2012-13",
      cy: "Grant cydlynydd teuluoedd mewn trafferthion, 2012-13",
    },
    payerId: "dclg",
    holderId: "salford",
    amountPence: 10_000_000n,
    power: "Section 31 of the Local Government Act 2003 (grant)",
    conditions: ["For a co-ordinator of the troubled families programme"],
  }),
  salford({
    id: "salford-early-intervention-2012",
    name: { en: "Early Intervention Grant (part), 2012-13", cy: "Grant Ymyrraeth Gynnar (rhan), 2012-13" },
    payerId: "dfe",
    holderId: "salford",
    amountPence: 125_000_000n,
    power: "Section 31 of the Local Government Act 2003 (grant)",
    conditions: ["Not ring-fenced; the part the council has set aside for families and the early years"],
  }),
  salford({
    id: "salford-early-intervention-2011",
    name: { en: "Early Intervention Grant (part), 2011-12", cy: "Grant Ymyrraeth Gynnar (rhan), 2011-12" },
    payerId: "dfe",
    holderId: "salford",
    amountPence: 42_000_000n,
    ...YEAR_BEFORE,
    power: "Section 31 of the Local Government Act 2003 (grant)",
    conditions: ["Not ring-fenced; the part used for the first year's pilot with families"],
  }),
  salford({
    id: "police-community-safety-2012",
    name: {
      en: "Crime and antisocial behaviour fund, 2012-13",
      cy: "Cronfa troseddu ac ymddygiad gwrthgymdeithasol, 2012-13",
    },
    payerId: "police",
    holderId: "police",
    amountPence: 18_650_000n,
    power: "Crime and Disorder Act 1998, sections 5 to 7 (partnership)",
    conditions: [
      "To reduce crime and antisocial behaviour in Salford",
      "Unspent money returns to the police on 31 March 2013",
    ],
    ringFenced: true,
  }),
  salford({
    id: "pct-families-2012",
    name: { en: "NHS Salford, family health, 2012-13", cy: "GIG Salford, iechyd teuluoedd, 2012-13" },
    payerId: "pct",
    holderId: "pct",
    amountPence: 41_000_000n,
    power: "Section 256 of the National Health Service Act 2006 (payments towards local authority spending)",
    conditions: [
      "For services that also improve health",
      "NHS Salford ends on 31 March 2013; what is owed passes to its successors",
    ],
    ringFenced: true,
  }),
  salford({
    id: "jobcentre-flexible-2012",
    name: { en: "Flexible Support Fund, 2012-13", cy: "Y Gronfa Cymorth Hyblyg, 2012-13" },
    payerId: "dwp",
    holderId: "jobcentre",
    amountPence: 9_600_000n,
    power: "Employment and Training Act 1973, section 2",
    conditions: ["For people who claim an out-of-work benefit", "Not for what the Work Programme already pays for"],
    ringFenced: true,
  }),
  salford({
    id: "salford-revenue-2012",
    name: {
      en: "Salford City Council revenue budget (part), 2012-13",
      cy: "Cyllideb refeniw Cyngor Dinas Salford (rhan), 2012-13",
    },
    payerId: "salford",
    holderId: "salford",
    amountPence: 32_500_000n,
    power: "Section 1 of the Localism Act 2011 (general power of competence)",
    conditions: [],
  }),
  salford({
    id: "salford-housing-2012",
    name: {
      en: "Housing Revenue Account, tenancy support, 2012-13",
      cy: "Cyfrif Refeniw Tai, cymorth tenantiaeth, 2012-13",
    },
    payerId: "salford",
    holderId: "salford",
    amountPence: 15_000_000n,
    power: "Part 6 of the Local Government and Housing Act 1989",
    conditions: ["Only for the benefit of the council's own tenants"],
    ringFenced: true,
  }),
  salford({
    id: "esf-families-2012",
    name: {
      en: "European Social Fund, support for families, 2012-13",
      cy: "Cronfa Gymdeithasol Ewrop, cymorth i deuluoedd, 2012-13",
    },
    payerId: "dwp",
    holderId: "dwp",
    amountPence: 21_200_000n,
    power: "European Social Fund operational programme for England 2007-2013",
    conditions: ["For families with multiple problems where nobody is in work", "Paid for progress towards work"],
    ringFenced: true,
    note: "Shadow only: the department keeps and spends this money.",
  }),
  salford({
    id: "schools-2012",
    name: { en: "Schools budget, combined services, 2012-13", cy: "Cyllideb ysgolion, gwasanaethau cyfun, 2012-13" },
    payerId: "dfe",
    holderId: "salford",
    amountPence: 18_000_000n,
    power: "School Finance (England) Regulations 2012, as agreed by the schools forum",
    conditions: ["Must bring an educational benefit", "Agreed by the schools forum each year"],
    ringFenced: true,
  }),
  salford({
    id: "quaybridge-2012",
    name: {
      en: "Quaybridge Homes community fund (made up), 2012-13",
      cy: "Cronfa gymunedol Quaybridge Homes (dychmygol), 2012-13",
    },
    payerId: "quaybridge",
    holderId: "quaybridge",
    amountPence: 6_000_000n,
    power: "The association's own rules",
    conditions: ["For neighbourhoods where the association has homes"],
  }),
  salford({
    id: "skills-2012",
    name: { en: "Adult skills budget (part), 2012-13", cy: "Cyllideb sgiliau oedolion (rhan), 2012-13" },
    payerId: "skills",
    holderId: "skills",
    amountPence: 8_400_000n,
    power: "Apprenticeships, Skills, Children and Learning Act 2009",
    conditions: ["For adults without a level 2 qualification"],
    ringFenced: true,
    note: "Shadow only: the agency keeps and spends this money.",
  }),
];

export const streams: readonly DemoStream[] = [...attachments, ...others];
