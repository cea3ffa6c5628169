/** What is sent, in both languages, holds the link and no name; what is shown conceals the link. */
import { expect, test } from "vitest";
import { concealLinks } from "../platform/outbox/index.ts";
import { linkPath, writeLetter } from "./letters.ts";

const place = { name: "Newport", nameWelsh: "Casnewydd" };
const path = linkPath("k3J9-".repeat(8).concat("abc"));

test.each(["invitation", "role_given", "reset"] as const)("%s is written in both languages", (kind) => {
  const [english, welsh] = (["en", "cy"] as const).map((language) => writeLetter(kind, { language, place, path }));
  expect(english?.body).toContain(`{address}${path}`);
  expect(welsh?.body).toContain(`{address}${path}`);
  expect(welsh?.subject).not.toBe(english?.subject);
  expect(`${welsh?.body}`.includes("Newport")).toBe(false);
});

test("a message that is shown does not give its link away", () => {
  const { body } = writeLetter("reset", { language: "en", place, path });
  expect(concealLinks(body)).not.toContain("k3J9-");
  expect(concealLinks(body)).toContain("{address}/account/link/…");
});
