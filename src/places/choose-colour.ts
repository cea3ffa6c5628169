/** A place's own colour: it carries white words, so its contrast is checked when saved. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, said } from "../platform/use-case/index.ts";
import { contrastRatio, LEAST_CONTRAST } from "./domain/contrast.ts";
import { placesRefusals } from "./messages.ts";
import { updateColour } from "./store/places.ts";

export const chooseColour = declarePlaceUseCase({
  name: "place.choose_colour",
  summary: "Choose the place's colour",
  permission: "place.manage",
  changes: true,
  route: { method: "post", path: "colour" },
  input: z.strictObject({
    colour: z
      .string()
      .regex(
        /^#[0-9a-f]{6}$/,
        said({
          en: "Write the colour as # and six figures, for example #12436d",
          cy: "Ysgrifennwch y lliw fel # a chwe ffigur, er enghraifft #12436d",
        }),
      )
      .nullable(),
  }),
  output: z.object({ colour: z.string().nullable() }),
  example: { colour: "#12436d" },
  refusals: placesRefusals,
  audited: () => "place",
  handle: async (ctx, input) => {
    const ratio = input.colour === null ? LEAST_CONTRAST : contrastRatio(input.colour, "#ffffff");
    if (ratio < LEAST_CONTRAST) return refuse({ code: "colour_contrast", ratio: ratio.toFixed(1) });
    await updateColour(ctx.tx, { placeId: ctx.place.placeId, colour: input.colour });
    return accept({ colour: input.colour });
  },
});
