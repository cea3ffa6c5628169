/** The long form of R5: `npx tsx test/reliability/races.ts [rounds]`, six races of fifty at once. Nothing is drawn: chance is the clock's. */
import { runLongForm } from "./long-form.ts";

const [rounds = "1000"] = process.argv.slice(2);
await runLongForm({ name: "races", environment: { ONEPOT_ROUNDS: rounds } });
