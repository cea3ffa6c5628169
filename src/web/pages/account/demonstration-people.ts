/** The people of the demonstration, for the buttons that sign in as one of them. */
import type { FastifyRequest } from "fastify";
import { demonstrationAccounts } from "../../../identity/index.ts";
import { roleName } from "../../../platform/role-names.ts";
import { accountWords } from "./words.ts";

export type DemonstrationButton = {
  readonly rank: number;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly text: string;
};

/** In the order of the story: who keeps the money, who works with families, who lives there, who checks. */
const FIRST = ["finance_officer", "key_worker", "resident", "auditor"] as const;

/** Empty where the demonstration's sign-ins are not allowed or not there. The first four play the story. */
export async function demonstrationButtons(request: FastifyRequest): Promise<readonly DemonstrationButton[]> {
  const { web, language } = request.visit;
  if (!web.demonstrationSignIns) return [];
  const words = accountWords(language);
  const accounts = await demonstrationAccounts(web.house.database);
  return accounts
    .flatMap((account) => {
      const held = account.roles[0];
      if (held === undefined) return [];
      const role = words("roleAt", { role: roleName(held.role, language), place: held.placeName });
      const text = words("signInAs", { name: account.name });
      return [{ email: account.email, name: account.name, role, text, rank: rankOf(held.role) }];
    })
    .toSorted((a, b) => a.rank - b.rank);
}

/** One of each of the story's people, for the start page. */
export function storyButtons(buttons: readonly DemonstrationButton[]): readonly DemonstrationButton[] {
  return FIRST.flatMap((_, rank) => buttons.find((button) => button.rank === rank) ?? []);
}

function rankOf(role: string): number {
  const at = (FIRST as readonly string[]).indexOf(role);
  return at < 0 ? FIRST.length : at;
}
