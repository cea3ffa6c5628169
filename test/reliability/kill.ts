/** The long form of R1: `npx tsx test/reliability/kill.ts [kills] [seed]`, with 8 to 32 clients by the seed. The moments differ. */
import { runLongForm, seedOf } from "./long-form.ts";

const [kills = "20", seed] = process.argv.slice(2);
await runLongForm({ name: "kill", environment: { ONEPOT_KILLS: kills, ONEPOT_SEED: seedOf(seed) } });
