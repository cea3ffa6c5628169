/**
 * Published lines in "follow the pound". A line is a view of what a council paid; where a payment of the ledger names it,
 * the chain goes on to that payment. The rest of the line's amount (recovered tax, other budgets) stops here.
 */
import { formatPounds } from "../lib/pence.ts";
import type { TracedKind, TracedRecord, TracedShare, TracedStop, Words } from "../platform/traced.ts";
import { findLinkedPayments, findTracedLines, type TracedLine } from "./store/traced.ts";

const same = (text: string): Words => ({ en: text, cy: text });

function presentLine(line: TracedLine): TracedRecord {
  const fact = (label: Words, value: string) => (value === "" ? [] : [{ label, value: same(value) }]);
  return {
    kind: "spend_line",
    id: line.id,
    title: same(line.supplier),
    amountPence: line.amountPence,
    date: line.paidOn,
    words: {
      en: `Published payment, row ${line.row} of ${line.file}`,
      cy: `Taliad cyhoeddedig, rhes ${line.row} o ${line.file}`,
    },
    decidedBy: null,
    book: null,
    madeUp: line.madeUp,
    reversed: false,
    facts: [
      ...fact({ en: "Published by", cy: "Cyhoeddwyd gan" }, line.publisher),
      ...fact({ en: "Service area", cy: "Maes gwasanaeth" }, line.serviceArea),
      ...fact({ en: "Description", cy: "Disgrifiad" }, line.description),
      ...fact({ en: "Reference", cy: "Cyfeirnod" }, line.reference),
    ],
    links: [],
  };
}

function outsideStop(amountPence: bigint | null): TracedStop {
  if (amountPence === null)
    return {
      amountPence,
      words: {
        en: "No payment from a pot names this line. It was paid from the publisher's own budget, as far as is known.",
        cy: "Nid oes taliad o gronfa yn enwi'r llinell hon. Hyd y gwyddys, fe'i talwyd o gyllideb y cyhoeddwr ei hun.",
      },
    };
  const amount = formatPounds(amountPence);
  return {
    amountPence,
    words: {
      en: `${amount} of this line is not from a pot: recovered tax or another budget`,
      cy: `Nid o gronfa y daw ${amount} o'r llinell hon: treth a adenillwyd neu gyllideb arall`,
    },
  };
}

export const spendTracedKinds: readonly TracedKind[] = [
  {
    kind: "spend_line",
    find: async (scope, ids) => (await findTracedLines(scope.tx, scope.placeId, ids)).map(presentLine),
    whole: async (_scope, id) => ({ id, slices: [] }),
    up: async (scope, parts) => {
      const ids = parts.map(({ id }) => id);
      const lines = new Map(
        (await findTracedLines(scope.tx, scope.placeId, ids)).map((line) => [line.id, line.amountPence]),
      );
      const linked = await findLinkedPayments(scope.tx, scope.placeId, ids);
      return ids.map((id) => {
        const payments = linked.filter(({ lineId }) => lineId === id);
        const shares = payments.map(
          ({ paymentId, amountPence }): TracedShare => ({ kind: "payment", id: paymentId, amountPence, slices: [] }),
        );
        if (shares.length === 0) return { shares, stops: [outsideStop(null)] };
        const rest = (lines.get(id) ?? 0n) - shares.reduce((sum, { amountPence }) => sum + amountPence, 0n);
        return { shares, stops: rest > 0n ? [outsideStop(rest)] : [] };
      });
    },
    down: async (scope, parts) => {
      const linked = await findLinkedPayments(
        scope.tx,
        scope.placeId,
        parts.map(({ id }) => id),
      );
      return parts.map(({ id }) => {
        const services = new Map<string, TracedShare>();
        for (const { serviceId, amountPence } of linked.filter(({ lineId }) => lineId === id)) {
          const before = services.get(serviceId)?.amountPence ?? 0n;
          services.set(serviceId, { kind: "service", id: serviceId, amountPence: before + amountPence, slices: [] });
        }
        return { shares: [...services.values()], stops: [] };
      });
    },
  },
];
