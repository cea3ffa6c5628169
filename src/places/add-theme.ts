/** Adds a theme: the outcomes a place works for are grouped under themes. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { slugOf } from "./domain/slug.ts";
import { placesRefusals } from "./messages.ts";
import { insertTheme } from "./store/partners.ts";

export const addTheme = declarePlaceUseCase({
  name: "theme.add",
  summary: "Add a theme to the place",
  permission: "place.manage",
  changes: true,
  route: { method: "post", path: "themes" },
  command: { words: "theme add" },
  input: z.strictObject({ name: field.words(120), nameWelsh: field.words(120).nullable().default(null) }),
  output: z.object({ themeId: field.id }),
  example: { name: "Best start in life", nameWelsh: "Y dechrau gorau mewn bywyd" },
  refusals: placesRefusals,
  audited: (value: { readonly themeId: string }) => value.themeId,
  handle: async (ctx, input) => {
    const theme = { themeId: ctx.newId(), slug: slugOf(input.name), name: input.name, nameWelsh: input.nameWelsh };
    if (!(await insertTheme(ctx.tx, ctx.place.placeId, theme)))
      return refuse({ code: "theme_exists", name: input.name });
    return accept({ themeId: theme.themeId });
  },
});
