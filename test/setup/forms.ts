/** Forms as a person without scripts sends them: each with its own request key, twice, and what the page then says. */
import { expect } from "vitest";
import type { Fields, Visitor } from "./doors.ts";

export const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

/** Fetches a form and sends it twice with its own request key: the second answer is the first. */
export async function sendTwice(visitor: Visitor, { url, fields }: { readonly url: string; readonly fields: Fields }) {
  const page = await visitor.get(url);
  expect(page.statusCode, textOf(page.body)).toBe(200);
  const requestKey = /name="requestKey"[^>]*value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  expect(requestKey).not.toBe("");
  const first = await visitor.post(url, { ...fields, requestKey });
  if (first.statusCode !== 303) return first;
  const again = await visitor.post(url, { ...fields, requestKey });
  expect([again.statusCode, again.headers["location"]], textOf(again.body)).toEqual([303, first.headers["location"]]);
  return first;
}

/** The fields at fault, by the links of the error summary. */
export function faultsIn(html: string): readonly string[] {
  const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? "";
  return [...summary.matchAll(/href="#([^"]+)"/g)].map(([, name = ""]) => name);
}
