/**
 * Schemes of virement that a place can begin from: how much each officer may move between budgets, as councils have laid
 * it down, with the council's own words beside our roles. A pot's own limits are then data, and can be changed one by one.
 * Sources: the virement schemes of West Lancashire Borough Council (2023), Oxfordshire County Council (2004), Waverley
 * Borough Council and Blackpool Council.
 */
import type { Pence } from "../../lib/pence.ts";
import type { AuthorisingRole } from "./authority.ts";

type Step = {
  readonly role: AuthorisingRole;
  readonly upToPence: Pence | null;
  readonly capital: boolean;
  readonly signatures: 1 | 2;
  /** Whom the source names. */
  readonly words: string;
};

export type Scheme = {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** What follows from it here, or why it cannot be laid down. */
  readonly about: string;
  readonly steps: readonly Step[];
};

const POUND = 100n;

export const SCHEMES = [
  {
    name: "west-lancashire-2023",
    title: "West Lancashire 2023",
    source: "West Lancashire Borough Council, virement scheme, 2023",
    about:
      "Four steps. Cabinet and council are both committee members here, so above £100,000 a committee member signs for the council.",
    steps: [
      { role: "pool_manager", upToPence: 25_000n * POUND, capital: false, signatures: 1, words: "Head of service" },
      {
        role: "finance_officer",
        upToPence: 50_000n * POUND,
        capital: false,
        signatures: 1,
        words: "Chief officer with the section 151 officer",
      },
      { role: "committee_member", upToPence: 100_000n * POUND, capital: false, signatures: 1, words: "Cabinet" },
      { role: "committee_member", upToPence: null, capital: true, signatures: 1, words: "Council, above £100,000" },
    ],
  },
  {
    name: "oxfordshire-2004",
    title: "Oxfordshire 2004",
    source: "Oxfordshire County Council, virement scheme, 2004",
    about:
      "A director and a member sign together up to £250,000. Capital, and what is more, is for the council: a committee member here. A change of service or a commitment for later years is for the council too, which a limit by amount cannot tell: send those to a committee member.",
    steps: [
      { role: "finance_officer", upToPence: 250_000n * POUND, capital: false, signatures: 2, words: "Director" },
      { role: "committee_member", upToPence: 250_000n * POUND, capital: false, signatures: 2, words: "Cabinet member" },
      { role: "committee_member", upToPence: null, capital: true, signatures: 1, words: "Council" },
    ],
  },
  {
    name: "waverley",
    title: "Waverley",
    source: "Waverley Borough Council, virement scheme",
    about:
      "Steps of £100, £1,000, £5,000 and £50,000. The source gives the steps; which role stands at each is ours, so check it before you rely on it.",
    steps: [
      { role: "partner_officer", upToPence: 100n * POUND, capital: false, signatures: 1, words: "First step" },
      { role: "pool_manager", upToPence: 1_000n * POUND, capital: false, signatures: 1, words: "Second step" },
      { role: "finance_officer", upToPence: 5_000n * POUND, capital: false, signatures: 1, words: "Third step" },
      { role: "committee_member", upToPence: 50_000n * POUND, capital: false, signatures: 1, words: "Fourth step" },
    ],
  },
  {
    name: "blackpool",
    title: "Blackpool",
    source: "Blackpool Council, virement scheme",
    about:
      "Limits of 0.5% and 0.25% of net revenue. A limit here is an amount, so work the two out for your year and set them one by one.",
    steps: [],
  },
] as const satisfies readonly Scheme[];

export const SCHEME_NAMES = SCHEMES.map(({ name }) => name) as unknown as readonly [string, ...string[]];

export function schemeNamed(name: string): Scheme | null {
  return SCHEMES.find((scheme) => scheme.name === name) ?? null;
}
