/** The head of a place's audit trail, for anyone to write down or print. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { showHeads } from "../../../proof/index.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { type Exchange, topOf, visitOf } from "./exchange.ts";
import { accountName } from "./ledger.ts";
import { ledgerWords } from "./ledger-words.ts";
import { type ProofWords, proofWords } from "./proof-words.ts";
import type { ValueOf } from "./reading.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";

type Head = NonNullable<ValueOf<typeof showHeads>["head"]>;

export function registerHeads(app: FastifyInstance): void {
  app.get("/places/:place/audit-heads", (request, reply) => showHead({ request, reply }));
}

async function showHead(the: Exchange): Promise<FastifyReply> {
  const visit = visitOf(the.request);
  const { language } = visit;
  const found = await ask(the.request, showHeads, { place: visit.place, input: {} });
  if (!found.ok) return sendRefusal(the, showHeads, found.refusal);
  const words = proofWords(language);
  const title = words("heads");
  const { head, proved } = found.value;
  return sendPage(the, "pages/money/heads.njk", {
    top: topOf(visit, { title, crumbs: [{ text: title }] }),
    model: {
      p: words,
      title,
      written: head?.written ?? null,
      place: visit.place,
      facts: head === null ? [] : factsOf(head, { language, words }),
      proved: {
        text:
          proved === null
            ? words("provedNever")
            : words(PROVED[proved.state], { at: formatMoment(language, proved.at) }),
        broken: proved?.state === "refused",
      },
      tables:
        head === null ? [] : (["real", "shadow"] as const).flatMap((book) => heldIn(head, { language, words, book })),
    },
  });
}

const PROVED = { done: "provedHeld", refused: "provedBroken", failed: "provedCut", cancelled: "provedCut" } as const;

type Setting = { readonly language: Language; readonly words: ProofWords };

function factsOf(head: Head, { language, words }: Setting) {
  return [
    { label: words("number"), text: formatNumber(head.number) },
    { label: words("hash"), text: head.hash },
    { label: words("sealedAt"), text: formatMoment(language, head.sealedAt) },
    {
      label: words("holds"),
      text: words("counts", { transfers: formatNumber(head.transfers), entries: formatNumber(head.entries) }),
    },
  ];
}

/** A book's accounts by kind; nothing where the book has none. */
function heldIn(
  head: Head,
  { language, words, book }: Setting & { readonly book: "real" | "shadow" },
): readonly (MoneyTable & { readonly shadow: boolean })[] {
  const held = head.balance.filter((one) => one.book === book);
  if (held.length === 0) return [];
  const shadow = book === "shadow";
  return [
    {
      shadow,
      caption: words("balanceOf", { book: words(book) }),
      columns: [column(words("kind")), numeric(words("held"))],
      rows: held.map(({ kind, pence }) => ({
        shadow,
        cells: [cell(accountName(ledgerWords(language), kind)), moneyCell(pence)],
      })),
      total: [words("total"), bare(held.reduce((sum, { pence }) => sum + pence, 0n))],
    },
  ];
}
