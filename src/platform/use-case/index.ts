export type { Act, ActKind, Approval, ShownLine } from "./acts.ts";
export { ACT_KINDS, carryOut, rehearse } from "./acts.ts";
export type { CommonRefusal, InputFault } from "./common-refusals.ts";
export { commonRefusals } from "./common-refusals.ts";
export type {
  AnyCatalogue,
  AnyUseCase,
  Audited,
  Catalogue,
  Context,
  MadeFile,
  PlaceContext,
  PlaceInHand,
  RefusalWords,
  TakePiece,
  UseCase,
} from "./declare.ts";
export { declareNationalUseCase, declarePlaceUseCase } from "./declare.ts";
export { said } from "./fault-words.ts";
export * as field from "./fields.ts";
export type { Json } from "./json.ts";
export { hashJson, toJson } from "./json.ts";
export type { Asked, Credential, House } from "./perform.ts";
export { credentialOf, parseInput, perform, performWithin, wouldPermit } from "./perform.ts";
export { carryWords, refusalWords } from "./refusal-words.ts";
