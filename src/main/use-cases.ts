/** Every use case there is: the API's routes, the OpenAPI description and the commands are made from this list. */
import * as approvals from "../approvals/index.ts";
import * as decisions from "../decisions/index.ts";
import * as identity from "../identity/index.ts";
import * as ledger from "../ledger/index.ts";
import * as linkage from "../linkage/index.ts";
import * as places from "../places/index.ts";
import type { AnyUseCase } from "../platform/use-case/index.ts";
import * as proof from "../proof/index.ts";
import * as reconciliation from "../reconciliation/index.ts";
import * as records from "../records/index.ts";
import * as search from "../search/index.ts";
import * as sharing from "../sharing/index.ts";
import * as spending from "../spending/index.ts";
import * as trace from "../trace/index.ts";

const subjects: readonly Readonly<Record<string, unknown>>[] = [
  places,
  identity,
  records,
  approvals,
  sharing,
  spending,
  ledger,
  proof,
  reconciliation,
  decisions,
  linkage,
  trace,
  search,
];

export const useCases: readonly AnyUseCase[] = subjects.flatMap((subject) => Object.values(subject).filter(isUseCase));

function isUseCase(value: unknown): value is AnyUseCase {
  return typeof value === "object" && value !== null && "handle" in value && "permission" in value && "input" in value;
}

const byName = new Map(useCases.map((useCase) => [useCase.name, useCase]));

export function findUseCase(name: string): AnyUseCase | null {
  return byName.get(name) ?? null;
}
