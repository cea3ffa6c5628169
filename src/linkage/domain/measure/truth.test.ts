/** Agreement with the truth, by hand. */
import { expect, it } from "vitest";
import { agreementOf, bCubed, pairAgreement } from "./truth.ts";

it("pairs: of four found three are right, and six were to be found", () => {
  expect(agreementOf({ right: 3, found: 4, wanted: 6 })).toEqual({ precision: 0.75, recall: 0.5, f1: 0.6 });
  expect(agreementOf({ right: 0, found: 0, wanted: 0 })).toEqual({ precision: 1, recall: 1, f1: 1 });
});

it("clusters, by pairs", () => {
  const truth = Int32Array.from([0, 0, 0, 1, 1]);
  expect(pairAgreement(truth, truth)).toEqual({ precision: 1, recall: 1, f1: 1 });
  // {0 1} {2 3} {4}: one right pair of two, of four.
  const found = Int32Array.from([7, 7, 8, 8, 9]);
  expect(pairAgreement(found, truth)).toMatchObject({ precision: 0.5, recall: 0.25 });
});

it("clusters, by B-cubed", () => {
  // Bagga and Baldwin's example, section 3: 1-5, 6-7, 8-12, where an answer that joins 6-7 with 8-12 has a precision of 76 %.
  const truth = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2]);
  const first = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  expect(bCubed(first, truth).precision).toBeCloseTo(0.76, 2);
  expect(bCubed(first, truth).recall).toBe(1);
  // And one that joins 1-5 with 8-12, of 58 %.
  const second = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  expect(bCubed(second, truth).precision).toBeCloseTo(0.58, 2);
});
