/** The rows of tables: what stands in a cell is text, whatever it holds. */
import { expect, it } from "vitest";
import { tableBody } from "./table-body.ts";

const columns = [{ label: "Record" }, { label: 'Left "now" (£)', numeric: true }];

it("escapes every text and address", () => {
  const html = tableBody(columns, [{ cells: [{ text: `<script>"x"</script>`, href: `/a"b'c` }, { text: "1 & 2" }] }]);
  expect(html).not.toContain("<script>");
  expect(html).toContain('href="/a&quot;b&#39;c"');
  expect(html).toContain("1 &amp; 2");
});

it("heads each row with its first cell, and sets numbers right", () => {
  const html = tableBody(columns, [{ cells: [{ text: "Pot" }, { text: "5.00" }], shadow: true }]);
  expect(html).toBe(
    '<tr role="row" class="govuk-table__row shadow-money">' +
      '<th scope="row" role="rowheader" class="govuk-table__header money-table__row-heading">Pot</th>' +
      '<td role="cell" class="govuk-table__cell govuk-table__cell--numeric" data-label="Left &quot;now&quot; (£)">5.00</td></tr>\n',
  );
});

it("shows a state as a tag in words", () => {
  expect(tableBody(columns, [{ cells: [{ text: "reversed", tag: "grey" }] }])).toContain(
    '<strong class="govuk-tag govuk-tag--grey">reversed</strong>',
  );
});

it("puts a state after a link, as a tag, with its words as they are", () => {
  const html = tableBody(columns, [{ cells: [{ text: "Pot", href: "/p", note: "<closed>" }] }]);
  expect(html).toContain('>Pot</a> <strong class="govuk-tag govuk-tag--grey">&lt;closed&gt;</strong>');
});
