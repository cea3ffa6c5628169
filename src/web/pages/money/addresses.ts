/** The addresses of the money pages, so that every figure is linked in one way. */
import type { Day } from "../../../lib/day.ts";

export type Addresses = ReturnType<typeof addressesOf>;

export type Query = Readonly<Record<string, string | number | null | undefined>>;

type NewRecord =
  | "contributions"
  | "allocations"
  | "commitments"
  | "payments"
  | "elsewhere"
  | "virements"
  | "handovers"
  | "precommitments"
  | "releases"
  | "accruals";

/** Leaves out what is empty, so that an address is as short as what it says. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** The two files of a list, narrowed as the page is. */
export function fileLinks(path: string, query: Query): { readonly csv: string; readonly xlsx: string } {
  return { csv: withQuery(path, { ...query, format: "csv" }), xlsx: withQuery(path, { ...query, format: "xlsx" }) };
}

/** `asAt` is the day that was asked for; null where the page stands at the place's own date. */
export function addressesOf(place: string, asAt: Day | null = null) {
  const base = `/places/${place}`;
  const at = (path: string, query: Query = {}): string => withQuery(`${base}${path}`, { ...query, asAt });
  const potPath = (slug: string, rest = ""): string => `/pots/${encodeURIComponent(slug)}${rest}`;
  return {
    overview: base,
    room: `${base}/money`,
    spending: `${base}/spending`,
    streams: at("/streams"),
    stream: (id: string) => at(`/streams/${id}`),
    newStream: `${base}/streams/new`,
    pots: at("/pots"),
    newPot: `${base}/pots/new`,
    newPart: (slug: string) => withQuery(`${base}/pots/new`, { partOf: slug }),
    pot: (slug: string) => at(potPath(slug)),
    statement: (slug: string, query: Query = {}) => at(potPath(slug, "/statement"), query),
    newRecord: (slug: string, kind: NewRecord, query: Query = {}) =>
      withQuery(`${base}${potPath(slug, `/${kind}/new`)}`, query),
    drawOrder: (slug: string) => `${base}${potPath(slug, "/draw-order")}`,
    yearRule: (slug: string) => `${base}${potPath(slug, "/year-rule")}`,
    clawbackRule: (id: string) => `${base}/streams/${id}/clawback-rule`,
    step: (slug: string) => `${base}${potPath(slug, "/step")}`,
    precommitments: (query: Query = {}) => withQuery(`${base}/precommitments`, query),
    releasePrecommitment: (id: string) => `${base}/precommitments/${id}/release`,
    expire: `${base}/commitments/expire`,
    credit: (id: string, query: Query = {}) => withQuery(`${base}/trace/${id}/credit-note`, query),
    commitments: (query: Query = {}) => at("/commitments", query),
    payments: (query: Query = {}) => at("/payments", query),
    resolve: (query: Query = {}) => at("/resolve", query),
    clear: (id: string) => `${base}/resolve/${id}/clear`,
    trace: (id: string) => `${base}/trace/${id}`,
    reverse: (id: string) => `${base}/trace/${id}/reverse`,
    ledger: (query: Query = {}) => withQuery(`${base}/ledger`, query),
    accounts: (query: Query = {}) => withQuery(`${base}/ledger/accounts`, query),
    verify: `${base}/ledger/verify`,
    takeOut: `${base}/ledger/export`,
    sample: `${base}/ledger/sample`,
    people: `${base}/ledger/people`,
    approvals: `${base}/approvals`,
    approval: (id: string) => `${base}/approvals/${id}`,
    bundle: `${base}/ledger/bundle`,
    bundleFile: `${base}/ledger/bundle.zip`,
    heads: `${base}/audit-heads`,
    reconciliation: `${base}/reconciliation`,
    openBank: (slug: string) => withQuery(`${base}/reconciliation/bank`, { pot: slug }),
    close: `${base}/close`,
    debtors: `${base}/debtors`,
    newAccrual: (query: Query = {}) => withQuery(`${base}/accruals/new`, query),
    spendLine: (id: string) => {
      const [file = "", row = ""] = id.split(".");
      return `${base}/spending/lines/${file}/${row}`;
    },
  };
}
