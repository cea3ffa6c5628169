export { addPartner } from "./add-partner.ts";
export { addService } from "./add-service.ts";
export { addTheme } from "./add-theme.ts";
export { chooseColour } from "./choose-colour.ts";
export type { SuppressedCount } from "./domain/suppress.ts";
export { SUPPRESSION_THRESHOLD, suppressCount } from "./domain/suppress.ts";
export { loadRegister } from "./load-register.ts";
export type { PlacesRefusal } from "./messages.ts";
export { placesRefusals } from "./messages.ts";
export { openNeighbourhood } from "./open-neighbourhood.ts";
export { openPlace } from "./open-place.ts";
export { reportReach } from "./report-reach.ts";
export { findCouncil, listAllPlaces, showPlace } from "./show-place.ts";
export type { Partner, PublishedFigure, Reach, Service, ShownReach, Theme } from "./store/partners.ts";
export {
  findAreaPartner,
  findPartner,
  findService,
  insertFigure,
  insertReach,
  listFigures,
  listPartners,
  listReach,
  listServices,
  listThemes,
  PARTNER_KINDS,
  PARTNER_PARTS,
} from "./store/partners.ts";
export type { Holder } from "./store/people.ts";
export { endHolding, findHoldings, insertHolding, listHolders } from "./store/people.ts";
export type { Area, PlaceRow } from "./store/places.ts";
export {
  enterPlace,
  findFollowedRecord,
  findPlace,
  followOnStartPage,
  insertPlace,
  listAreas,
  listPlaces,
  placeContents,
} from "./store/places.ts";
