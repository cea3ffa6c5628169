/**
 * Every figure that the five source texts give, and the few published elsewhere that disagree with them, each with its
 * source, date, unit and confidence. A contradiction is kept: both figures stand, and each names the other.
 */
import { placeFigures } from "./figures/places.ts";
import { programmeFigures } from "./figures/programme.ts";
import { salfordFigures } from "./figures/salford.ts";
import type { DemoFigure } from "./types.ts";

export const figures: readonly DemoFigure[] = [...programmeFigures, ...salfordFigures, ...placeFigures];
