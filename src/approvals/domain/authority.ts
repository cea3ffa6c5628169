/**
 * Who may authorise what: limits by role, amount, pot and act, as a council's scheme of virement lays them down. Pure: the
 * limits in force, what is to be done and the roles a person holds decide.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";

export const AUTHORISING_ROLES = ["finance_officer", "pool_manager", "committee_member", "partner_officer"] as const;
export type AuthorisingRole = (typeof AUTHORISING_ROLES)[number];

export type Authority = {
  /** Left out of what holds where a place has laid down nothing. */
  readonly authorityId?: string;
  /** Null: every pot that has no limits of its own. */
  readonly potId: string | null;
  /** Null: every act. */
  readonly act: string | null;
  readonly role: AuthorisingRole;
  /** Null: any amount. */
  readonly upToPence: Pence | null;
  /** May authorise capital as well as revenue. */
  readonly capital: boolean;
  readonly signatures: 1 | 2;
  readonly startsOn: Day;
  /** The first day on which it no longer holds. */
  readonly endsOn: Day | null;
};

export type Asked = {
  readonly potId: string | null;
  readonly act: string;
  readonly amountPence: Pence;
  readonly capital: boolean;
};

/** Of a role, for what is asked: up to how much, null for any amount. */
export type Reach = { readonly role: AuthorisingRole; readonly upToPence: Pence | null };

export type Entitled = {
  readonly role: AuthorisingRole;
  readonly signatures: 1 | 2;
  /** The limit that it counts under; null where a place has laid down nothing. */
  readonly authorityId: string | null;
};
export type NoAuthority = {
  readonly code: "no_authority";
  readonly amountPence: Pence;
  /** The most that this person may authorise of this kind here; null where nothing. */
  readonly mostPence: Pence | null;
  readonly who: readonly Reach[];
};

/** What holds where a place has laid down nothing: a finance officer, any amount in any pot, revenue and capital. */
export const UNLESS_LAID_DOWN: Authority = {
  potId: null,
  act: null,
  role: "finance_officer",
  upToPence: null,
  capital: true,
  signatures: 1,
  startsOn: "1900-01-01" as Day,
  endsOn: null,
};

/** The limits in force on a day for a pot: its own where it has any, else those for every pot, else the default. */
export function authoritiesFor(
  all: readonly Authority[],
  the: { readonly potId: string | null; readonly today: Day },
): readonly Authority[] {
  const current = all.filter(
    ({ startsOn, endsOn }) => startsOn <= the.today && (endsOn === null || endsOn > the.today),
  );
  const own = current.filter(({ potId }) => potId === the.potId);
  if (own.length > 0) return own;
  const general = current.filter(({ potId }) => potId === null);
  return general.length > 0 ? general : [UNLESS_LAID_DOWN];
}

const ofKind = (one: Authority, asked: Asked): boolean =>
  (one.act === null || one.act === asked.act) && (!asked.capital || one.capital);
const within = (one: Authority, asked: Asked): boolean => one.upToPence === null || asked.amountPence <= one.upToPence;

/** Smallest first; any amount comes last. */
function compareLimits(a: Pence | null, b: Pence | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/**
 * The limits under which this can be authorised: of each role the lowest that covers it, as a scheme's steps are meant, so
 * that a step that needs two signatures is not passed by under a higher one of the same role.
 */
function covering(rules: readonly Authority[], asked: Asked): readonly Authority[] {
  const fit = rules
    .filter((one) => ofKind(one, asked) && within(one, asked))
    .sort((a, b) => compareLimits(a.upToPence, b.upToPence));
  return AUTHORISING_ROLES.flatMap((role) => fit.find((one) => one.role === role) ?? []);
}

/** Up to how much each role may authorise of what is asked, those that may authorise it or not. */
export function reachOf(rules: readonly Authority[], asked: Asked): readonly Reach[] {
  return AUTHORISING_ROLES.flatMap((role) => {
    const most = rules
      .filter((one) => one.role === role && ofKind(one, asked))
      .map(({ upToPence }) => upToPence)
      .sort(compareLimits)
      .at(-1);
    return most === undefined ? [] : [{ role, upToPence: most }];
  });
}

/** Which roles may authorise it, and how many signatures it takes at least; one where nobody may. */
export function whoMayAuthorise(
  rules: readonly Authority[],
  asked: Asked,
): { readonly who: readonly Reach[]; readonly signatures: 1 | 2 } {
  const covers = covering(rules, asked);
  const who = covers.map(({ role, upToPence }) => ({ role, upToPence }));
  return { who, signatures: covers.some(({ signatures }) => signatures === 1) || covers.length === 0 ? 1 : 2 };
}

/**
 * Whether someone with these roles may sign, and how many signatures it then takes. Where a step names two roles whose
 * signatures it needs (a director and a member), each signs in a role of their own.
 */
export function decideSigning(
  rules: readonly Authority[],
  the: {
    readonly asked: Asked;
    readonly roles: readonly AuthorisingRole[];
    readonly signedAs: readonly AuthorisingRole[];
  },
): Result<Entitled, NoAuthority> {
  const { asked } = the;
  const covers = covering(rules, asked);
  const jointly = new Set(covers.filter(({ signatures }) => signatures === 2).map(({ role }) => role));
  const open = covers.filter(
    ({ role, signatures }) =>
      the.roles.includes(role) && (signatures === 1 || jointly.size === 1 || !the.signedAs.includes(role)),
  );
  const [alone] = open.filter(({ signatures }) => signatures === 1);
  const chosen = alone ?? open[0];
  if (chosen !== undefined) {
    const { role, signatures, authorityId = null } = chosen;
    return accept({ role, signatures, authorityId });
  }
  const own = reachOf(rules, asked).filter(({ role }) => the.roles.includes(role));
  const mostPence =
    own
      .map(({ upToPence }) => upToPence ?? asked.amountPence)
      .sort(compareLimits)
      .at(-1) ?? null;
  return refuse({
    code: "no_authority",
    amountPence: asked.amountPence,
    mostPence,
    who: covers.map(({ role, upToPence }) => ({ role, upToPence })),
  });
}
