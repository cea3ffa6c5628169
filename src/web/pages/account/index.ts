/** The pages of a person's account: signing in and out, passwords, and who I am. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerAccountPage } from "./account.ts";
import { registerPasswordLinks } from "./password-links.ts";
import { registerSignIn } from "./sign-in.ts";

export function registerAccountPages(app: FastifyInstance, web: Web): void {
  registerSignIn(app, web);
  registerPasswordLinks(app, web);
  registerAccountPage(app, web);
}
