export { usualBudget } from "./domain/link.ts";
