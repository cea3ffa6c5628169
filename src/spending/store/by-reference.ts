/** A published line by its reference: the number of the payment in the publisher's own finance system. */
import type { Pence } from "../../lib/pence.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

type Asked = {
  readonly placeId: number;
  readonly publisherId: string;
  readonly reference: string;
  readonly amountPence: Pence;
};

/** The first line of the publisher with this reference and amount. */
export async function findLineByReference(
  tx: Transaction,
  asked: Asked,
): Promise<{ readonly fileId: string; readonly row: number } | null> {
  const found = await tx.rows(sql<{ fileId: string; row: number }>`
    select file_id as "fileId", row_number as "row" from spend_line
     where place_id = ${asked.placeId} and publisher_id = ${asked.publisherId} and reference = ${asked.reference}
       and amount_pence = ${asked.amountPence}
     order by paid_on, file_id, row_number limit 1`);
  return found[0] ?? null;
}
