/**
 * The words of a refusal, for every door: those it carries, else its use case's own, else the common ones. A use case that
 * carries out another passes the other's refusal on under its own name, and so with the other's words.
 */
import { type Refusal, type Refused, refuse } from "../../lib/result.ts";
import { commonRefusals } from "./common-refusals.ts";
import type { RefusalWords } from "./declare.ts";

type Catalogued = { readonly refusals: object };
type Carried = Pick<RefusalWords<never>, "status" | "field"> & { readonly en: string; readonly cy: string };

export function refusalWords(useCase: Catalogued, refusal: Refusal): RefusalWords<never> | undefined {
  const carried = refusal["inWords"] as Carried | undefined;
  if (carried !== undefined) return { ...carried, en: () => carried.en, cy: () => carried.cy };
  const own = useCase.refusals as Readonly<Record<string, RefusalWords<never>>>;
  const common = commonRefusals as Readonly<Record<string, RefusalWords<never>>>;
  return own[refusal.code] ?? common[refusal.code];
}

/** Another use case's refusal, with its words: whoever passes it on need not know its names. */
export function carryWords(useCase: Catalogued, refusal: Refusal): Refused<never> {
  const words = refusalWords(useCase, refusal);
  if (words === undefined) return refuse(refusal) as Refused<never>;
  const inWords: Carried = {
    status: words.status,
    ...(words.field !== undefined && { field: words.field }),
    en: words.en(refusal as never),
    cy: words.cy(refusal as never),
  };
  return refuse({ ...refusal, inWords }) as unknown as Refused<never>;
}
