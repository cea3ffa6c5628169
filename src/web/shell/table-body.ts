/**
 * The rows of a table as HTML, for the components' macros. Written here and not in the template because a money page has
 * hundreds of cells, and each costs a template language more than the whole page's words.
 */
import { escapeText } from "../charts/svg.ts";

export type TableCell = {
  readonly text: string;
  readonly href?: string | null | undefined;
  readonly tag?: string | null | undefined;
};
export type TableRow = { readonly cells: readonly TableCell[]; readonly shadow?: boolean | undefined };
export type TableColumn = { readonly numeric?: boolean | undefined };

/** The first cell of a row is its heading. */
export function tableBody(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const numeric = columns.map((column) => (column.numeric ? " govuk-table__cell--numeric" : ""));
  let html = "";
  for (const row of rows) {
    html += row.shadow ? '<tr class="govuk-table__row shadow-money">' : '<tr class="govuk-table__row">';
    for (const [index, cell] of row.cells.entries()) {
      const right = numeric[index] ?? "";
      html +=
        index === 0
          ? `<th scope="row" class="govuk-table__header money-table__row-heading${right}">${cellHtml(cell)}</th>`
          : `<td class="govuk-table__cell${right}">${cellHtml(cell)}</td>`;
    }
    html += "</tr>\n";
  }
  return html;
}

function cellHtml({ text, href, tag }: TableCell): string {
  // A template would write a number, or nothing, without complaint: so does this.
  const words = escapeText(String(text ?? ""));
  if (href) return `<a class="govuk-link govuk-link--no-visited-state" href="${escapeText(href)}">${words}</a>`;
  return tag ? `<strong class="govuk-tag govuk-tag--${escapeText(tag)}">${words}</strong>` : words;
}
