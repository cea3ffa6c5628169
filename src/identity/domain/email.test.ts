/** E-mail and network addresses as they are kept. */
import { expect, test } from "vitest";
import { addressBlock } from "./address.ts";
import { parseEmail } from "./email.ts";

const emails = `
  Sam.Okoye@Salford.Example | sam.okoye@salford.example
  a+b@x.co.uk               | a+b@x.co.uk
  siân@cyngor.cymru         | siân@cyngor.cymru
  no-at-sign                | -
  two@at@signs.uk           | -
  dotless@host              | -
  "Sam" <sam@x.uk>          | -
  sam@x..uk                 | -
`;
test.each(pairs(emails))("%s is kept as %s", (text, kept) => expect(parseEmail(text) ?? "-").toBe(kept));

const addresses = `
  192.0.2.7                       | 192.0.2.7
  ::ffff:192.0.2.7                | 192.0.2.7
  2001:db8:1:2:3:4:5:6            | 2001:db8:1:2::/64
  2001:0DB8:0001:0002::9          | 2001:db8:1:2::/64
  2001:db8::1                     | 2001:db8:0:0::/64
  ::1                             | 0:0:0:0::/64
  fe80::1%eth0                    | fe80:0:0:0::/64
`;
test.each(pairs(addresses))("%s counts as %s", (text, block) => expect(addressBlock(text)).toBe(block));

function pairs(lines: string): [string, string][] {
  return lines
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()) as [string, string]);
}
