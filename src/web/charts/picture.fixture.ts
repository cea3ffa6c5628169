/** What tests of charts ask of every picture. */
import { expect } from "vitest";

/** What must hold of any picture: well formed, its ids its own, no style, no stray number, all text escaped. */
export function checkPicture(svg: string): void {
  if (svg === "") return;
  expect(svg).not.toMatch(/ style=|<script|NaN|undefined|Infinity|="-[\d.]+" height|width="-|height="-/);
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const match of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(match[1]);
  expect(svg).toMatch(/^<svg [^>]*role="(group|img)" aria-labelledby="\S+-title \S+-desc"><title id=/);
  const open: string[] = [];
  for (const [, close, name, , selfClosed] of svg.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^">])*?)(\/?)>/gi)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!selfClosed) open.push(name ?? "");
  }
  expect(open).toEqual([]);
}
