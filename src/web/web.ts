/** What the pages need of the program that starts them. */
import type { AnyUseCase, House } from "../platform/use-case/index.ts";
import type { Templates } from "./shell/templates.ts";

export type Web = {
  readonly house: House;
  readonly templates: Templates;
  /** The address of a built asset by its plain name: "app.css" -> "/public/app.3fa9.css". */
  readonly asset: (name: string) => string;
  readonly useCases: readonly AnyUseCase[];
  /** True while the demonstration is loaded and the server listens on loopback. */
  readonly demonstrationSignIns: boolean;
  readonly secureCookies: boolean;
};
