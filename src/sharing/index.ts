export type { Agreement, SharingRefusal } from "./domain/agreement.ts";
export type { Capacity, PersonField, Purpose, ViewKind } from "./domain/words.ts";
export {
  CAPACITIES,
  capacityName,
  PERSON_FIELDS,
  PURPOSES,
  personFieldName,
  purposeName,
  VIEW_KINDS,
  viewKindName,
} from "./domain/words.ts";
export { endAgreement } from "./end-agreement.ts";
export { listAgreements, REGISTER_STATES } from "./list-agreements.ts";
export { listViews, takeOutViews } from "./list-views.ts";
export { mayLook } from "./may-look.ts";
export { agreementRefusals, sharingRefusals } from "./messages.ts";
export { prepareAgreement } from "./prepare-agreement.ts";
export { listInForce, noteViews, requireAgreement } from "./require-agreement.ts";
export { showAgreement } from "./show-agreement.ts";
export { signAgreement } from "./sign-agreement.ts";
