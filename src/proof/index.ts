export { BOOKS } from "./domain/books.ts";
export { NIGHT, ROUND_PENCE } from "./domain/unusual.ts";
export { drawSample } from "./draw-sample.ts";
export { exportBooks } from "./export-books.ts";
export { FORMATS } from "./file-forms.ts";
export { ENTRIES_A_PAGE, listByPerson } from "./list-by-person.ts";
export { proofRefusals } from "./messages.ts";
