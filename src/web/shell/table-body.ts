/**
 * The rows of a table as HTML, for the components' macros. Written here and not in the template because a money page has
 * hundreds of cells, and each costs a template language more than the whole page's words.
 */
import { escapeText } from "../charts/svg.ts";

export type TableCell = {
  readonly text: string;
  readonly href?: string | null | undefined;
  readonly tag?: string | null | undefined;
  /** A state after the words: "closed". */
  readonly note?: string | null | undefined;
};
export type TableRow = { readonly cells: readonly TableCell[]; readonly shadow?: boolean | undefined };
export type TableColumn = { readonly label?: string | undefined; readonly numeric?: boolean | undefined };

/**
 * The first cell of a row is its heading. On a phone each row stands as a card, and each cell says its column from its
 * `data-label`; a display that is not a table's takes the meaning from the elements, so each carries its role.
 */
export function tableBody(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const numeric = columns.map((column) => (column.numeric ? " govuk-table__cell--numeric" : ""));
  const labels = columns.map(({ label }) => (label ? ` data-label="${escapeText(label)}"` : ""));
  let html = "";
  for (const row of rows) {
    html += `<tr role="row" class="govuk-table__row${row.shadow ? " shadow-money" : ""}">`;
    for (const [index, cell] of row.cells.entries()) {
      const right = numeric[index] ?? "";
      html +=
        index === 0
          ? `<th scope="row" role="rowheader" class="govuk-table__header money-table__row-heading${right}">${cellHtml(cell)}</th>`
          : `<td role="cell" class="govuk-table__cell${right}"${labels[index] ?? ""}>${cellHtml(cell)}</td>`;
    }
    html += "</tr>\n";
  }
  return html;
}

function cellHtml({ text, href, tag, note }: TableCell): string {
  if (note) return `${cellHtml({ text, href })} <strong class="govuk-tag govuk-tag--grey">${escapeText(note)}</strong>`;
  // A template would write a number, or nothing, without complaint: so does this.
  const words = escapeText(String(text ?? ""));
  if (href) return `<a class="govuk-link govuk-link--no-visited-state" href="${escapeText(href)}">${words}</a>`;
  return tag ? `<strong class="govuk-tag govuk-tag--${escapeText(tag)}">${words}</strong>` : words;
}
