/** Which passwords are taken and which are refused, as lines of text; all for sam.okoye@salford.example. */
import { expect, test } from "vitest";
import { passwordFault } from "./password-rules.ts";

const cases = `
  short-horse-1              | taken
  correct horse staple       | taken
  kettle gravel meadow       | taken
  ffenestr cwmwl melin       | taken
  vT9#kq2LmZ0p               | taken
  Tr4fford-kettle-gravel     | taken
  manchester kettle moss     | taken
  elevenchars                | password_too_short
  ééééééééééé                | password_too_short
  sam.okoye@salford.example  | password_is_email
  SAM.OKOYE@SALFORD.EXAMPLE  | password_is_email
  sam.okoye2024!             | password_is_email
  SamOkoye123456             | password_is_email
  123456789012               | password_too_common
  210987654321               | password_too_common
  password1234               | password_too_common
  Password2024!              | password_too_common
  P@ssw0rd2013!              | password_too_common
  passwordpassword           | password_too_common
  letmein letmein            | password_too_common
  qwertyuiop12               | password_too_common
  qwertyuiopasdf             | password_too_common
  abcdefghijklm              | password_too_common
  aaaaaaaaaaaa               | password_too_common
  abcabcabcabc               | password_too_common
  1qaz2wsx3edc               | password_too_common
  manchester13               | password_too_common
  Manchester United 1        | password_too_common
  Cyfrinair2013              | password_too_common
  correct horse battery staple | password_too_common
`;

test.each(
  cases
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()) as [string, string]),
)("%s is %s", (password, answer) => {
  expect(passwordFault({ password, email: "sam.okoye@salford.example" })?.code ?? "taken").toBe(answer);
});

test("200 characters are taken and 201 are not", () => {
  const words = "kettle gravel meadow ".repeat(10);
  const email = "a@example.com";
  expect(passwordFault({ password: `${words.slice(0, 199)}x`, email })).toBeNull();
  expect(passwordFault({ password: `${words.slice(0, 200)}x`, email })).toEqual({
    code: "password_too_long",
    most: 200,
  });
});
