/** For whoever runs the server: alive, ready (the database answers and can be written), and a few counts. */
import type { FastifyInstance } from "fastify";
import { type Database, isWritable } from "../platform/database/index.ts";

export function registerProbes(app: FastifyInstance, database: Database): void {
  app.get("/livez", { schema: { hide: true } as object }, async (_request, reply) =>
    reply.type("text/plain").send("alive\n"),
  );
  app.get("/readyz", { schema: { hide: true } as object }, async (_request, reply) => {
    const ready = await isWritable(database);
    return reply
      .code(ready ? 200 : 503)
      .type("text/plain")
      .send(ready ? "ready\n" : "not ready\n");
  });
  app.get("/metrics", { schema: { hide: true } as object }, async (_request, reply) => {
    const memory = process.memoryUsage();
    const lines = [
      `onepot_process_cpu_seconds_total ${(process.cpuUsage().user + process.cpuUsage().system) / 1e6}`,
      `onepot_process_resident_memory_bytes ${memory.rss}`,
      `onepot_database_links ${database.pool.totalCount}`,
      `onepot_database_links_waiting ${database.pool.waitingCount}`,
    ];
    return reply.type("text/plain; version=0.0.4").send(`${lines.join("\n")}\n`);
  });
}
