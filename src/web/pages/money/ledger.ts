/** The ledger itself, for those who may read it: transfers with their lines, accounts with their balances, and its proof. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ACCOUNT_KINDS, TRANSFER_KINDS, verifyLedger } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay, formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks, withQuery } from "./addresses.ts";
import { takeOutForm } from "./audit/take-out.ts";
import {
  askedDay,
  choiceOf,
  type Exchange,
  named,
  pageNumber,
  queryOf,
  topOf,
  type Visit,
  visitOf,
} from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT } from "./exports.ts";
import { MOST_ACCOUNTS, MOST_TRANSFERS, sendAccountsFile, sendLedgerFile } from "./ledger-exports.ts";
import { type LedgerWords, ledgerWords } from "./ledger-words.ts";
import { type Account, type Pot, readAccounts, readLedger, readPots, readReader, type Transfer } from "./reading.ts";
import { makerText, type People } from "./statement.ts";
import { cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { moneyWords } from "./words.ts";

const ACCOUNT_NAMES = {
  stream: "accountStream",
  pot: "accountPot",
  allocation: "accountAllocation",
  commitment: "accountCommitment",
  paid: "accountPaid",
  clearing: "accountClearing",
  resolve: "accountResolve",
  adjustment: "accountAdjustment",
  creditor: "accountCreditor",
  debtor: "accountDebtor",
  prepaid: "accountPrepaid",
} as const;
/** A kind of account in words; one that is not known yet as it is written. */
export function accountName(words: LedgerWords, kind: string): string {
  const known = ACCOUNT_KINDS.find((one) => one === kind);
  return known === undefined ? kind : words(ACCOUNT_NAMES[known]);
}

const BOOKS = ["real", "shadow"] as const;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_POT = "00000000-0000-0000-0000-000000000000";
type PotChoice = Pot["pot"];
type Setting = { readonly visit: Visit; readonly words: LedgerWords };

export function registerLedger(app: FastifyInstance): void {
  app.get("/places/:place/ledger", { config: EXPORT_LIMIT }, async (request, reply) =>
    showTransfers({ request, reply }),
  );
  app.get("/places/:place/ledger/accounts", { config: EXPORT_LIMIT }, async (request, reply) =>
    showAccounts({ request, reply }),
  );
  app.get("/places/:place/ledger/verify", async (request, reply) => {
    const visit = visitOf(request);
    const reader = await ask(request, readReader, { place: visit.place, input: {} });
    if (!reader.ok) return sendRefusal({ request, reply }, readReader, reader.refusal);
    // Those who may not verify are told so before they press the button.
    if (!reader.value.mayVerify)
      return sendRefusal({ request, reply }, verifyLedger, { code: "not_allowed", permission: "ledger.verify" });
    return sendProof({ request, reply }, null);
  });
  app.post("/places/:place/ledger/verify", { preHandler: app.csrfProtection }, async (request, reply) => {
    const found = await ask(request, verifyLedger, { place: visitOf(request).place, input: {} });
    if (found.ok) return sendProof({ request, reply }, { ok: true, ...found.value });
    if (found.refusal.code !== "not_verified") return sendRefusal({ request, reply }, verifyLedger, found.refusal);
    const { check, found: first } = found.refusal as unknown as { readonly check: string; readonly found: string };
    return sendProof({ request, reply }, { ok: false, check, first });
  });
}

/** An id of the address, or null; words that are no id narrow nothing and are said to be wrong. */
function askedId(request: FastifyRequest, name: string): { readonly id: string | null; readonly wrong: boolean } {
  const text = queryOf(request, name);
  return text === null
    ? { id: null, wrong: false }
    : ID.test(text)
      ? { id: text, wrong: false }
      : { id: null, wrong: true };
}

async function potIdOf(request: FastifyRequest, slug: string | null): Promise<string | null> {
  if (slug === null) return null;
  const pots = await ask(request, readPots, { place: visitOf(request).place, input: {} });
  return (pots.ok ? pots.value.pots.find((pot) => pot.slug === slug)?.potId : undefined) ?? NO_POT;
}

function potChoices(pots: readonly PotChoice[], the: Setting & { readonly chosen: string | null }) {
  return [
    { value: "", text: the.words("anyPot"), selected: the.chosen === null },
    ...pots.map((pot) => ({
      value: pot.slug,
      text: named(the.visit.language, [pot.name, pot.nameWelsh]),
      selected: pot.slug === the.chosen,
    })),
  ];
}

function choices<const T extends string>(the: {
  readonly values: readonly T[];
  readonly chosen: T | null;
  readonly any: string;
  readonly text: (value: T) => string;
}) {
  return [
    { value: "", text: the.any, selected: the.chosen === null },
    ...the.values.map((value) => ({ value, text: the.text(value), selected: value === the.chosen })),
  ];
}

async function showTransfers(the: Exchange) {
  const { request } = the;
  const visit = visitOf(request);
  const words = ledgerWords(visit.language);
  const [from, to] = [askedDay(request, "from"), askedDay(request, "to")];
  const [record, stream] = [askedId(request, "record"), askedId(request, "stream")];
  const pot = queryOf(request, "pot");
  const kind = choiceOf(request, "kind", TRANSFER_KINDS);
  const book = choiceOf(request, "book", BOOKS);
  const page = pageNumber(request);
  const filter = {
    potId: await potIdOf(request, pot),
    recordId: record.id,
    streamId: stream.id,
    kind,
    book,
    from: from.day,
    to: to.day,
  };
  const error = [from, to, record, stream].some(({ wrong }) => wrong) ? words("wrongDay") : undefined;
  const format = askedFormat(the);
  // A filter that cannot be read is told on the page, not by a file of something else.
  if (format !== null && error === undefined) return sendLedgerFile(the, { format, input: filter });
  const input = { ...filter, page };
  const found = await ask(request, readLedger, { place: visit.place, input });
  if (!found.ok) return sendRefusal(the, readLedger, found.refusal);
  const query = { pot, kind, book, from: from.day, to: to.day, record: record.id, stream: stream.id };
  const title = words("ledger");
  return sendPage(the, "pages/money/ledger.njk", {
    top: topOf(visit, { title, crumbs: [{ text: title }], ...(error && { errors: [{ text: error, href: "#from" }] }) }),
    model: {
      w: moneyWords(visit.language),
      l: words,
      to: visit.to,
      title,
      reader: found.value.reader,
      filter: { from: from.day, to: to.day, record: record.id, stream: stream.id },
      filtered: error !== undefined || Object.values(query).some((one) => one !== null),
      pots: potChoices(found.value.pots, { visit, words, chosen: pot }),
      kinds: choices({ values: TRANSFER_KINDS, chosen: kind, any: words("anyKind"), text: (one) => words(one) }),
      books: choices({ values: BOOKS, chosen: book, any: words("anyBook"), text: (one) => words(one) }),
      transfers: found.value.transfers.map((one) => transferCard(one, { visit, words, people: found.value })),
      files: { ...fileLinks(visit.to.ledger(), query), most: formatNumber(MOST_TRANSFERS) },
      takeOut: { ...takeOutForm(visit, found.value.reader.today), prefix: "take-out-", byField: {} },
      page,
      previous: page > 1 ? visit.to.ledger({ ...query, page: page - 1 }) : null,
      next: found.value.more ? visit.to.ledger({ ...query, page: page + 1 }) : null,
    },
    status: error === undefined ? 200 : 400,
  });
}

function transferCard(one: Transfer, { visit, words, people }: Setting & { readonly people: People }) {
  const { language, to } = visit;
  const lines: MoneyTable = {
    caption: words("lines", { count: one.lines.length }),
    columns: [column(words("account")), column(words("stream")), numeric(words("amount")), numeric(words("after"))],
    rows: one.lines.map((line) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(words(ACCOUNT_NAMES[line.accountKind])),
        cell(line.stream ?? ""),
        moneyCell(BigInt(line.amountPence)),
        line.balancePence === null ? cell("") : moneyCell(BigInt(line.balancePence)),
      ],
    })),
  };
  const chain = one.reversedById !== null ? words("reversedBy") : one.reversesId !== null ? words("reverses") : null;
  return {
    kind: words(one.kind),
    shadow: one.book === "shadow",
    book: words(one.book),
    title: one.words,
    href: to.trace(one.recordId),
    amount: formatPounds(one.amountPence),
    facts: [
      { label: words("day"), text: formatDay(language, one.effectiveOn as Day) },
      { label: words("who"), text: makerText(words, { made: one, makers: people.makers, signers: people.signers }) },
      ...(chain === null ? [] : [{ label: words("chain"), text: chain, href: to.ledger({ record: one.recordId }) }]),
    ],
    lines,
  };
}

async function showAccounts(the: Exchange) {
  const { request } = the;
  const asked = askedDay(request);
  const visit = visitOf(request, asked.day);
  const words = ledgerWords(visit.language);
  const pot = queryOf(request, "pot");
  const kind = choiceOf(request, "kind", ACCOUNT_KINDS);
  const book = choiceOf(request, "book", BOOKS);
  const page = pageNumber(request);
  const filter = { potId: await potIdOf(request, pot), kind, book, asAt: asked.day };
  const format = askedFormat(the);
  if (format !== null && !asked.wrong) return sendAccountsFile(the, { format, input: filter });
  const input = { ...filter, page };
  const found = await ask(request, readAccounts, { place: visit.place, input });
  if (!found.ok) return sendRefusal(the, readAccounts, found.refusal);
  const day = formatDay(visit.language, found.value.asAt as Day);
  const error = asked.wrong ? moneyWords(visit.language)("asAtWrong", { day }) : undefined;
  const query = { pot, kind, book, asAt: asked.day };
  const title = words("accounts");
  const tables = BOOKS.flatMap((one) =>
    accountsTable(
      found.value.accounts.filter((account) => account.book === one),
      { visit, words, book: one },
    ),
  );
  return sendPage(the, "pages/money/accounts.njk", {
    top: topOf(visit, {
      title,
      crumbs: [{ text: words("ledger"), href: visit.to.ledger() }, { text: title }],
      ...(error && { errors: [{ text: error, href: "#asAt" }] }),
    }),
    model: {
      w: moneyWords(visit.language),
      l: words,
      title,
      day,
      error,
      asAt: found.value.asAt,
      action: `/places/${visit.place}/ledger/accounts`,
      filtered: error !== undefined || Object.values(query).some((one) => one !== null),
      pots: potChoices(found.value.pots, { visit, words, chosen: pot }),
      kinds: choices({
        values: ACCOUNT_KINDS,
        chosen: kind,
        any: words("anyKind"),
        text: (one) => words(ACCOUNT_NAMES[one]),
      }),
      books: choices({ values: BOOKS, chosen: book, any: words("anyBook"), text: (one) => words(one) }),
      tables,
      files: { ...fileLinks(visit.to.accounts(), query), most: formatNumber(MOST_ACCOUNTS) },
      page,
      previous: page > 1 ? withQuery(visit.to.accounts(), { ...query, page: page - 1 }) : null,
      next: found.value.more ? withQuery(visit.to.accounts(), { ...query, page: page + 1 }) : null,
    },
    status: error === undefined ? 200 : 400,
  });
}

function accountsTable(
  accounts: readonly Account[],
  { visit, words, book }: Setting & { readonly book: (typeof BOOKS)[number] },
): readonly (MoneyTable & { readonly shadow: boolean })[] {
  if (accounts.length === 0) return [];
  const { to } = visit;
  const shadow = book === "shadow";
  return [
    {
      shadow,
      caption: `${words("accounts")}: ${words(book)}`,
      columns: [
        column(words("recordName")),
        column(words("account")),
        column(words("stream")),
        column(words("pot")),
        numeric(words("entries")),
        numeric(words("floor")),
        numeric(words("after")),
      ],
      rows: accounts.map((one) => ({
        shadow,
        cells: [
          cell(one.record, to.trace(one.recordId)),
          cell(words(ACCOUNT_NAMES[one.kind])),
          one.streamId === null ? cell("") : cell(one.stream ?? "", to.trace(one.streamId)),
          cell(one.pot ?? ""),
          cell(String(one.entries), to.ledger({ record: one.recordId })),
          one.floorPence === null ? cell(words("noFloor")) : moneyCell(one.floorPence),
          moneyCell(one.balancePence),
        ],
      })),
    },
  ];
}

type Proof =
  | {
      readonly ok: true;
      readonly checks: readonly { readonly name: string; readonly sentence: string }[];
      readonly audit: Readonly<Record<"blocks" | "sealed" | "waiting", bigint>>;
    }
  | { readonly ok: false; readonly check: string; readonly first: string };

function sendProof(the: Exchange, proof: Proof | null) {
  const visit = visitOf(the.request);
  const { language } = visit;
  const words = ledgerWords(language);
  const title = words("verify");
  const row = (sentence: string, passed: boolean) => ({
    cells: [cell(sentence), { text: words(passed ? "passed" : "failed"), tag: passed ? "green" : "red" }],
  });
  const columns = [column(words("check")), column(words("result"))];
  const rows =
    proof === null ? [] : proof.ok ? proof.checks.map((one) => row(one.sentence, true)) : [row(proof.check, false)];
  return sendPage(the, "pages/money/verify.njk", {
    top: topOf(visit, { title, crumbs: [{ text: words("ledger"), href: visit.to.ledger() }, { text: title }] }),
    model: {
      l: words,
      title,
      action: visit.to.verify,
      proof,
      moment: words("verifiedAt", { moment: formatMoment(language, the.request.visit.web.house.now()) }),
      table: { caption: words("check"), columns, rows },
      audit: proof?.ok
        ? words("auditWords", {
            blocks: String(proof.audit.blocks),
            sealed: String(proof.audit.sealed),
            waiting: String(proof.audit.waiting),
          })
        : null,
    },
  });
}
