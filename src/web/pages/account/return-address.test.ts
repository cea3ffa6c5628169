/** The address to go to after signing in: only ever one of this site. */
import { describe, expect, it } from "vitest";
import { localAddress } from "./return-address.ts";

const cases = `
  /                                    | /
  /places/salford?page=2#top           | /places/salford?page=2#top
  /places/../about                     | /about
  //evil.example/                      | -
  /\\evil.example                      | -
  \\\\evil.example                     | -
  https://evil.example/                | -
  javascript:alert(1)                  | -
  /..//evil.example                    | -
  /sign-in                             | -
  /sign-out                            | -
  /account/link/abc                    | -
  places/salford                       | -
`;

describe("the address to go to after signing in", () => {
  const lines = cases
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()));
  it.each(lines)("%s -> %s", (asked, answer) => {
    expect(localAddress(asked)).toBe(answer === "-" ? null : answer);
  });

  it("drops line ends, tabs, what is no text and what is very long", () => {
    for (const text of ["/a\nb", "/\t/evil.example", undefined, ["/a", "/b"], `/${"a".repeat(3000)}`])
      expect(localAddress(text)).toBeNull();
  });
});
