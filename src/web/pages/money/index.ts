/** The pages of the money room. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../web.ts";
import { registerPeople } from "./audit/people.ts";
import { registerSample } from "./audit/sample.ts";
import { registerTakeOut } from "./audit/take-out.ts";
import { registerBundle } from "./bundle.ts";
import { registerClearing } from "./forms/clear.ts";
import { registerOpenings } from "./forms/open-records.ts";
import { registerRecordings } from "./forms/record-money.ts";
import { registerReversal } from "./forms/reverse.ts";
import { registerHeads } from "./heads.ts";
import { registerLedger } from "./ledger.ts";
import { registerLists } from "./lists.ts";
import { registerPot } from "./pot.ts";
import { registerPots } from "./pots.ts";
import { registerResolve } from "./resolve.ts";
import { registerRoom } from "./room.ts";
import { registerStatement } from "./statement.ts";
import { registerStream } from "./stream.ts";
import { registerStreams } from "./streams.ts";
import { registerTrace } from "./trace.ts";

export function registerMoneyPages(app: FastifyInstance, _web: Web): void {
  registerRoom(app);
  registerStreams(app);
  registerStream(app);
  registerPots(app);
  registerPot(app);
  registerStatement(app);
  registerLists(app);
  registerTrace(app);
  registerLedger(app);
  registerTakeOut(app);
  registerSample(app);
  registerPeople(app);
  registerResolve(app);
  registerClearing(app);
  registerBundle(app);
  registerHeads(app);
  registerOpenings(app);
  registerRecordings(app);
  registerReversal(app);
}
