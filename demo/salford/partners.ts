/**
 * The partners of Greater Manchester in the demonstration. Public bodies are named as they were in March 2013; every
 * charity, company, school and housing association is made up and says so in its name. Their amounts are all made up.
 */
import type { DemoPartner, DemoPerson, PartnerKind, PartnerPart, Role } from "../types.ts";

export const SALFORD_GSS = "E08000006";

const COUNCILS: readonly (readonly [id: string, name: string, gss: string])[] = [
  ["bolton", "Bolton Council", "E08000001"],
  ["bury", "Bury Council", "E08000002"],
  ["manchester", "Manchester City Council", "E08000003"],
  ["oldham", "Oldham Council", "E08000004"],
  ["rochdale", "Rochdale Council", "E08000005"],
  ["salford", "Salford City Council", SALFORD_GSS],
  ["stockport", "Stockport Council", "E08000007"],
  ["tameside", "Tameside Council", "E08000008"],
  ["trafford", "Trafford Council", "E08000009"],
  ["wigan", "Wigan Council", "E08000010"],
];

function councilPartner([id, name, code]: (typeof COUNCILS)[number]): DemoPartner {
  const parts: readonly PartnerPart[] =
    id === "salford" ? ["host", "funder", "commissioner", "provider"] : ["funder", "commissioner"];
  return { id, name, kind: "council", parts, identifier: { scheme: "GSS", code }, councilGss: code, madeUp: false };
}

type Body = readonly [id: string, name: string, kind: PartnerKind, parts: readonly PartnerPart[], nameWelsh?: string];

/** Real public bodies. No open list of their identifiers ships with Onepot, so the demonstration gives them its own. */
const PUBLIC: readonly Body[] = [
  [
    "dclg",
    "Department for Communities and Local Government",
    "central government",
    ["centre", "funder"],
    "Yr Adran Cymunedau a Llywodraeth Leol",
  ],
  [
    "dwp",
    "Department for Work and Pensions",
    "central government",
    ["centre", "funder"],
    "Yr Adran Gwaith a Phensiynau",
  ],
  ["dfe", "Department for Education", "central government", ["centre", "funder"], "Yr Adran Addysg"],
  ["skills", "Skills Funding Agency", "central government", ["funder"], "Yr Asiantaeth Ariannu Sgiliau"],
  [
    "jobcentre",
    "Jobcentre Plus, Greater Manchester Central",
    "central government",
    ["funder", "commissioner", "provider"],
    "Canolfan Byd Gwaith, Canol Manceinion Fwyaf",
  ],
  ["police", "Greater Manchester Police", "police", ["funder", "commissioner", "provider"], "Heddlu Manceinion Fwyaf"],
  ["pct", "NHS Salford", "nhs", ["funder", "commissioner"], "GIG Salford"],
  [
    "hospital",
    "Salford Royal NHS Foundation Trust",
    "nhs",
    ["provider"],
    "Ymddiriedolaeth Sefydledig GIG Brenhinol Salford",
  ],
  [
    "court",
    "HM Courts and Tribunals Service",
    "central government",
    ["provider"],
    "Gwasanaeth Llysoedd a Thribiwnlysoedd EM",
  ],
];

const MADE_UP: readonly Body[] = [
  ["irwell", "Irwell Family Support CIC (made up)", "social enterprise", ["provider"]],
  ["chapelbrook", "Chapelbrook Early Help Ltd (made up)", "company", ["provider"]],
  ["quaybridge", "Quaybridge Homes (made up)", "housing association", ["funder", "provider"]],
  ["weirside", "Weirside Community Primary School (made up)", "school", ["funder", "provider"]],
  ["lantern", "Lantern Street Children's Trust (made up)", "charity", ["provider"]],
  ["steppingstone", "Steppingstone Parenting (made up)", "charity", ["provider"]],
  ["northlight", "Northlight Skills Co-operative (made up)", "social enterprise", ["provider"]],
  ["crescent", "Crescent Street Youth Club (made up)", "charity", ["provider"]],
  ["millgate", "Millgate Growing Project (made up)", "charity", ["provider"]],
  ["safehouse", "Harbour Lane Domestic Abuse Support (made up)", "charity", ["provider"]],
];

function made(madeUp: boolean) {
  return ([id, name, kind, parts, nameWelsh]: Body): DemoPartner => ({
    id,
    name,
    ...(nameWelsh === undefined ? {} : { nameWelsh }),
    kind,
    parts,
    identifier: { scheme: "MADE-UP", code: `MADE-UP-GM-${id.toUpperCase()}` },
    madeUp,
  });
}

export const partners: readonly DemoPartner[] = [
  ...COUNCILS.map(councilPartner),
  ...PUBLIC.map(made(false)),
  ...MADE_UP.map(made(true)),
];

type Person = readonly [id: string, name: string, roles: readonly Role[], partnerId: string | null];

const PEOPLE: readonly Person[] = [
  ["finance", "Farah Siddiqui", ["finance officer"], "salford"],
  ["pool", "Patrick Mulvaney", ["pool manager"], "salford"],
  ["police-partner", "Priya Nadarajah", ["partner officer"], "police"],
  ["nhs-partner", "Nia Prosser", ["partner officer"], "pct"],
  ["keyworker", "Kemi Adeyemi", ["key worker"], "irwell"],
  ["second-keyworker", "Kofi Mensah", ["key worker"], "irwell"],
  ["committee", "Colin Hargreave", ["committee member"], null],
  ["resident", "Rosa Whitlock", ["resident"], null],
  ["analyst", "Anil Deshmukh", ["analyst"], "salford"],
  ["governance", "Gwen Tattersall", ["information governance lead"], "salford"],
  ["auditor", "Audrey Fenwick", ["auditor"], null],
  ["administrator", "Adam Kowalczyk", ["administrator"], "salford"],
  ["hub", "Hannah Oduya", ["hub officer"], "salford"],
];

/** Sign-ins of the demonstration. Every person is made up; the addresses cannot receive mail. */
export const people: readonly DemoPerson[] = PEOPLE.map(([id, name, roles, partnerId]) => ({
  id,
  name,
  email: `${id}@onepot.example`,
  roles,
  placeSlug: "greater-manchester",
  councilGss: SALFORD_GSS,
  partnerId,
}));
