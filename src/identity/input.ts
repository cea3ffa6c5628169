/** Shapes that several of identity's use cases take. */
import { z } from "zod";
import { ROLES } from "../platform/actor.ts";
import { field, said } from "../platform/use-case/index.ts";
import { parseEmail } from "./domain/email.ts";

const emailForm = said({
  en: "Enter an email address in the correct form, like name@example.com",
  cy: "Rhowch gyfeiriad e-bost yn y ffurf gywir, fel enw@example.com",
});

export const emailField = z
  .string()
  .max(320, said({ en: "The email address is too long", cy: "Mae'r cyfeiriad e-bost yn rhy hir" }))
  .transform((text, ctx) => {
    const email = parseEmail(text);
    if (email === null) ctx.addIssue({ code: "custom", message: emailForm });
    return email ?? "";
  })
  .describe("An email address");

export const roleFields = {
  role: z.enum(ROLES),
  partnerId: field.id.nullable().default(null).describe("The partner for whom the role is held"),
  areaId: field.id.nullable().default(null).describe("The area to which the role is narrowed"),
};
