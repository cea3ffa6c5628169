/** The Salford family of the source texts, itemised as far as they itemise it; the rest stands as a source total. */
import type { DemoFigure } from "../types.ts";
import { figure, number, pounds, words } from "./figure.ts";

const contact = {
  placeSlug: "greater-manchester",
  period: "one year",
  date: "2011-07-01",
  sourceId: "publicnet-2011",
  usedIn: ["families/salford-family"],
};

const ITEMS: readonly (readonly [id: string, count: string, quote: string, en: string, cy: string])[] = [
  ["salford-call-outs", "58", "58 police call-outs", "Police call-outs", "Galwadau'r heddlu"],
  ["salford-arrests", "5", "five arrests", "Arrests", "Arestiadau"],
  [
    "salford-999",
    "5",
    "five 999 visits to Accident and Emergency",
    "999 visits to A&E",
    "Ymweliadau 999 ag adran damweiniau",
  ],
  ["salford-injunctions", "2", "two injunctions", "Injunctions", "Gwaharddebau"],
  ["salford-summons", "1", "a Council Tax arrears summons", "Council Tax summons", "Gwŷs Treth Gyngor"],
];

export const salfordFigures: readonly DemoFigure[] = [
  figure({
    ...contact,
    id: "salford-interventions",
    label: words("Interventions with one Salford family", "Ymyriadau gydag un teulu yn Salford"),
    quote: "A Salford family required 250 interventions in one year",
    value: number("250"),
    unit: "interventions",
  }),
  ...ITEMS.map(([id, count, quote, en, cy]) =>
    figure({ ...contact, id, label: words(en, cy), quote, value: number(count), unit: "interventions" }),
  ),
  figure({
    ...contact,
    id: "salford-itemised",
    label: words("Interventions that the source lists", "Ymyriadau a restrir gan y ffynhonnell"),
    quote: "",
    value: number("71"),
    unit: "interventions",
    sourceId: "worked-out",
    note: "58 + 5 + 5 + 2 + 1 = 71 of 250; the other 179 are not listed.",
    derivedFrom: ITEMS.map(([id]) => id),
  }),
  figure({
    ...contact,
    id: "salford-not-itemised",
    label: words("Interventions not listed, source total", "Ymyriadau heb eu rhestru, cyfanswm y ffynhonnell"),
    quote: "",
    value: number("179"),
    unit: "interventions",
    sourceId: "worked-out",
    note: "250 − 71 = 179.",
    derivedFrom: ["salford-interventions", "salford-itemised"],
  }),
  figure({
    ...contact,
    id: "salford-cost",
    label: words("Cost of one Salford family before", "Cost un teulu yn Salford cyn y newid"),
    quote: "£200,000 cost",
    value: pounds(200_000n),
    unit: "pounds a year",
  }),
  figure({
    ...contact,
    id: "salford-cut",
    label: words("Share of the cost that was cut", "Cyfran o'r gost a dorrwyd"),
    quote: "Their Community Budget led to the £200,000 cost being cut by two thirds",
    value: number("2/3"),
    unit: "of the cost",
    note: "The press release credits 'a co-ordinated joint prevention and early intervention team'.",
  }),
  figure({
    ...contact,
    id: "salford-cost-after",
    label: words("Cost left after the cut", "Y gost sy'n weddill"),
    quote: "",
    value: { kind: "money", pence: 6_666_667n },
    unit: "pounds a year",
    sourceId: "worked-out",
    note: "£200,000 × 1/3, to the nearest penny.",
    derivedFrom: ["salford-cost", "salford-cut"],
  }),
  figure({
    ...contact,
    id: "salford-saving",
    label: words("Cost saved by the cut", "Y gost a arbedwyd"),
    quote: "",
    value: { kind: "money", pence: 13_333_333n },
    unit: "pounds a year",
    sourceId: "worked-out",
    note: "£200,000 × 2/3, to the nearest penny. Not evidence of cash: the source lists 71 of 250 interventions.",
    derivedFrom: ["salford-cost", "salford-cut"],
  }),
  figure({
    ...contact,
    id: "salford-mean-cost",
    label: words("Mean cost of one intervention", "Cost gymedrig un ymyriad"),
    quote: "",
    value: pounds(800n),
    unit: "pounds an intervention",
    sourceId: "worked-out",
    note: "£200,000 ÷ 250.",
    derivedFrom: ["salford-cost", "salford-interventions"],
  }),
];
