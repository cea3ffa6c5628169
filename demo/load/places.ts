/** Opens the demonstration's places with their neighbourhoods, themes and the figures of the source texts. */

import { formatPounds } from "../../src/lib/pence.ts";
import {
  addTheme,
  enterPlace,
  insertFigure,
  insertPlace,
  listAreas,
  openNeighbourhood,
  openPlace,
} from "../../src/places/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { demonstration } from "../demonstration.ts";
import type { DemoFigure, DemoNeighbourhood, DemoPlace, FigureValue } from "../types.ts";
import { carryOut, type Ids, type Loading } from "./doing.ts";

const OPERATOR = { kind: "operator" } as const;

/** Keys of areas are "place/gss" for a council and "place/slug" for a neighbourhood; of themes the theme's own. */
export async function loadPlace({ house }: Loading, place: DemoPlace, ids: Ids): Promise<void> {
  const placeId = place.kind === "programme" ? await openProgramme(house, place) : await openOne(house, place);
  const areas = await house.database.inPlace(placeId, (tx) => listAreas(tx, placeId));
  for (const area of areas) if (area.councilGss !== null) ids.keep(`${place.slug}/${area.councilGss}`, area.areaId);
  for (const neighbourhood of place.neighbourhoods) await loadNeighbourhood({ house, place, neighbourhood, ids });
  const themes = [...place.themes, ...place.neighbourhoods.flatMap((neighbourhood) => neighbourhood.themes)];
  const named = new Map<string, string>();
  for (const theme of themes) {
    const known = named.get(theme.name.en);
    if (known !== undefined) ids.keep(`theme/${theme.id}`, known);
    else {
      const input = { name: theme.name.en, nameWelsh: theme.name.cy };
      const { themeId } = await carryOut(house, addTheme, { by: OPERATOR, place: place.slug, input });
      named.set(theme.name.en, themeId);
      ids.keep(`theme/${theme.id}`, themeId);
    }
  }
  await house.database.inPlace(placeId, async (tx) => {
    for (const figure of demonstration.figures)
      if (figure.placeSlug === place.slug) await insertFigure(tx, placeId, figureOf(figure));
  });
}

type House = Loading["house"];

async function openOne(house: House, place: DemoPlace): Promise<number> {
  const answer = await carryOut(house, openPlace, {
    by: OPERATOR,
    input: {
      slug: place.slug,
      name: place.name.en,
      nameWelsh: place.name.cy,
      councils: [...place.councils],
      businessDate: place.businessDate,
      demonstration: true,
    },
  });
  return answer.placeId;
}

/** The national programme is a place of its own, without councils. */
async function openProgramme(house: House, place: DemoPlace): Promise<number> {
  return house.database.national(async (tx) => {
    const placeId = await insertPlace(tx, {
      slug: place.slug,
      name: place.name.en,
      nameWelsh: place.name.cy,
      kind: "programme",
      colour: null,
      businessDate: place.businessDate,
      demonstration: true,
    });
    await enterPlace(tx, placeId ?? 0);
    return placeId ?? 0;
  });
}

async function loadNeighbourhood(the: {
  readonly house: House;
  readonly place: DemoPlace;
  readonly neighbourhood: DemoNeighbourhood;
  readonly ids: Ids;
}): Promise<void> {
  const { place, neighbourhood, ids } = the;
  const answer = await carryOut(the.house, openNeighbourhood, {
    by: OPERATOR,
    place: place.slug,
    input: {
      name: neighbourhood.name.en,
      nameWelsh: neighbourhood.name.cy,
      slug: neighbourhood.slug,
      insideAreaId: ids.of(`${place.slug}/${neighbourhood.councilGss}`),
      source: sourceTitle(neighbourhood.sourceId),
      parts: neighbourhood.areas.map((area) =>
        area.kind === "ward"
          ? { code: area.code, name: area.name }
          : {
              code: null,
              name: area.name,
              source:
                area.liesIn.length > 0
                  ? `Lies in ${area.liesIn.join(", ")}. ${area.note}`.slice(0, 300)
                  : area.note.slice(0, 300) || null,
            },
      ),
    },
  });
  ids.keep(`${place.slug}/${neighbourhood.slug}`, answer.areaId);
}

function sourceTitle(sourceId: string): string | null {
  const source = demonstration.sources.find((one) => one.id === sourceId);
  return source === undefined ? null : `${source.title}, ${source.publisher}, ${source.date}`.slice(0, 300);
}

function figureOf(figure: DemoFigure) {
  const source = demonstration.sources.find((one) => one.id === figure.sourceId);
  return {
    figureId: newId(),
    key: figure.id,
    label: figure.label.en,
    labelWelsh: figure.label.cy,
    valueText: figure.quote === "" ? valueText(figure.value) : figure.quote,
    amountPence: figure.value.kind === "money" ? figure.value.pence : null,
    unit: figure.unit,
    period: figure.period,
    dated: figure.date,
    priceYear: figure.priceYear ?? null,
    source: source?.title ?? figure.sourceId,
    publisher: source === undefined ? "" : `${source.publisher}, ${source.date}`,
    confidence: figure.confidence,
    note: figure.note,
    disagreesWith: figure.disagreesWith,
  };
}

function valueText(value: FigureValue): string {
  if (value.kind === "number") return value.toText === undefined ? value.text : `${value.text} to ${value.toText}`;
  return value.toPence === undefined
    ? formatPounds(value.pence)
    : `${formatPounds(value.pence)} to ${formatPounds(value.toPence)}`;
}
