/** One published payment, with its file and its row there. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { type LineRow, type SpendFile, showSpendLine } from "../../../spending/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatDay, formatMonth, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { readAboutRecord } from "../records/index.ts";
import { spendingPath, withQuery } from "./address.ts";
import { crumbs } from "./crumbs.ts";
import type { Exchange } from "./exports.ts";
import { spendingWords } from "./words.ts";

export function registerLinePage(app: FastifyInstance): void {
  app.get("/places/:place/spending/lines/:file/:row", (request, reply) => linePage({ request, reply }));
}

async function linePage(the: Exchange): Promise<FastifyReply> {
  const {
    place,
    file: fileId,
    row,
  } = the.request.params as { readonly place: string; readonly file: string; readonly row: string };
  const { language } = the.request.visit;
  const words = spendingWords(language);
  const shown = await ask(the.request, showSpendLine, { place, input: { fileId, row } });
  if (!shown.ok) return sendRefusal(the, showSpendLine, asNotFound(shown.refusal, "spend_line_not_found"));
  const { line, file } = shown.value;
  const path = spendingPath(place);
  const title = words("lineTitle", { supplier: line.supplier });
  return sendPage(the, "pages/spending/line.njk", {
    top: {
      title,
      place,
      room: "money",
      breadcrumbs: crumbs({
        language,
        slug: place,
        at: [
          { text: words("spending"), href: path },
          { text: words("linesTitle"), href: `${path}/lines` },
          { text: words("rowText", { row: formatNumber(line.row), file: file.name }) },
        ],
      }),
    },
    model: {
      ...presentLine({ language, slug: place, line, file }),
      aboutRecord: await readAboutRecord(the.request, { place, record: `${line.fileId}.${line.row}` }),
    },
  });
}

type Showing = {
  readonly language: Language;
  readonly slug: string;
  readonly line: LineRow;
  readonly file: SpendFile;
};

function presentLine({ language, slug, line, file }: Showing) {
  const words = spendingWords(language);
  const path = spendingPath(slug);
  const month = line.paidOn.slice(0, 7);
  const fact = (label: string, text: string, href?: string) => ({
    label,
    text: text === "" ? words("notSaid") : text,
    ...(href !== undefined && text !== "" && { href }),
  });
  return {
    title: words("lineTitle", { supplier: line.supplier }),
    kind: line.amountPence < 0n ? words("creditKind") : words("lineKind"),
    label: words("label"),
    amount: formatPounds(line.amountPence),
    madeUp: file.madeUp ? { tag: words("madeUp"), text: words("allMadeUp") } : null,
    facts: [
      fact(words("date"), formatDay(language, line.paidOn)),
      fact(words("supplier"), line.supplier, withQuery(path, { supplier: line.supplier })),
      fact(words("serviceArea"), line.serviceArea, withQuery(path, { serviceArea: line.serviceArea })),
      fact(words("description"), line.description),
      fact(words("reference"), line.reference),
      fact(words("companyNumber"), line.companyNumber),
      fact(words("charityNumber"), line.charityNumber),
      fact(words("publisher"), line.publisher),
      fact(words("file"), file.name, `${path}/files/${file.fileId}`),
      fact(words("row"), formatNumber(line.row)),
    ],
    next: words("next"),
    follow: {
      text: words("follow"),
      hint: words("followHint"),
      href: `/places/${slug}/trace/${line.fileId}.${line.row}`,
    },
    links: [
      { text: words("other"), href: withQuery(`${path}/lines`, { supplier: line.supplier }) },
      {
        text: words("sameArea", { month: formatMonth(language, month) }),
        href: withQuery(`${path}/lines`, {
          publisherId: file.publisherId,
          serviceArea: line.serviceArea,
          from: month,
          to: month,
        }),
      },
    ],
  };
}
