/** "Documents and questions on this record", for the page of any record: components/about-record.njk prints it. */
import type { FastifyRequest } from "fastify";
import { countAboutRecord } from "../../../records/index.ts";
import { ask } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { recordWords } from "./words.ts";

export type AboutRecord = {
  readonly title: string;
  readonly links: readonly { readonly text: string; readonly href: string; readonly note: string | null }[];
};

/** Null where the record's id is none, so that nothing is shown. Pass it as `aboutRecord` to the page's template. */
export async function readAboutRecord(
  request: FastifyRequest,
  the: { readonly place: string; readonly record: string },
): Promise<AboutRecord | null> {
  const counted = await ask(request, countAboutRecord, { place: the.place, input: { record: the.record } });
  if (!counted.ok) return null;
  const { documents, questions, unanswered } = counted.value;
  const words = recordWords(request.visit.language);
  const address = (what: string) => placeAddress(the.place, "records", the.record, what);
  return {
    title: words("aboutRecordTitle"),
    links: [
      { text: words("aboutDocuments", { count: documents }), href: address("documents"), note: null },
      {
        text: words("aboutQuestions", { count: questions }),
        href: address("questions"),
        note: unanswered === 0 ? null : words("aboutUnanswered", { count: unanswered }),
      },
    ],
  };
}
