/** The long form of R3: `npx tsx test/reliability/lost-links.ts [requests] [seed]`. */
import { runLongForm, seedOf } from "./long-form.ts";

const [requests = "2000", seed] = process.argv.slice(2);
await runLongForm({ name: "lost-links", environment: { ONEPOT_REQUESTS: requests, ONEPOT_SEED: seedOf(seed) } });
