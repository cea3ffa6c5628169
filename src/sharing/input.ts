/** What the inputs and answers of this subject share. */
import { z } from "zod";
import { field } from "../platform/use-case/index.ts";
import { CAPACITIES, PERSON_FIELDS, PURPOSES } from "./domain/words.ts";

export const purpose = z.enum(PURPOSES).describe("What is shared for evaluation decides nothing about individuals");
export const personField = z.enum(PERSON_FIELDS);
export const capacity = z.enum(CAPACITIES);

export const agreementOut = z.object({
  agreementId: field.id,
  number: z.number(),
  title: z.string(),
  titleWelsh: z.string().nullable(),
  state: z.enum(["in_force", "to_start", "unsigned", "past", "ended"]),
  purposes: z.array(purpose),
  gateway: z.string(),
  parties: z.array(
    z.object({
      partnerId: field.id,
      name: z.string(),
      nameWelsh: z.string().nullable(),
      sends: z.boolean(),
      receives: z.boolean(),
      health: z.boolean(),
    }),
  ),
  startsOn: z.string(),
  reviewOn: z.string(),
  endsOn: z.string(),
  reviewOverdue: z.boolean(),
  wanting: z.array(z.object({ partnerId: field.id, name: z.string(), capacity })).describe("Signatures still wanting"),
  madeUp: z.boolean(),
});
