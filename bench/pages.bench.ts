/**
 * The money pages with their charts, on the demonstration: the server's processor time for each page, asked one after
 * another, and the time of the slowest twentieth at 20 connections at once, asked by another process.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { machineWords, percentile, say } from "./scratch.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const PAGES = [
  "/places/salford/spending",
  "/places/greater-manchester/pots/gm-troubled-families",
  "/places/salford",
] as const;
const WARM = 300;
const COUNTED = 300;
const CONNECTIONS = 20;
const SECONDS = 8;
const PORT = 3977;
const base = `http://127.0.0.1:${PORT}`;

async function untilLoaded(): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    const answer = await fetch(`${base}/api/v1/places/greater-manchester/pots/gm-troubled-families`).catch(() => null);
    const loaded = await fetch(`${base}/api/v1/places/north-devon/pots`).catch(() => null);
    if (answer?.ok && loaded?.ok && !(await loaded.text()).includes('"pots":[]')) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the demonstration did not load");
}

async function cpuSeconds(): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text();
  return Number(/onepot_process_cpu_seconds_total (\S+)/.exec(text)?.[1]);
}

/** With a cookie every page is made for the reader; without, the public page is kept for two seconds. */
async function get(path: string, own: boolean): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(base + path, own ? { headers: { cookie: "onepot_language=en" } } : {});
  const body = await answer.text();
  if (answer.status !== 200 || !body.includes("<svg")) throw new Error(`${path} answered ${answer.status}`);
  return performance.now() - begun;
}

const data = await mkdtemp(join(tmpdir(), "onepot-bench-pages-"));
const server = spawn(process.execPath, [join(root, "bin/onepot"), "serve"], {
  env: { ...process.env, ONEPOT_DATA: data, PORT: String(PORT) },
  stdio: "ignore",
});
try {
  await untilLoaded();
  say(
    `pages: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${COUNTED} pages one by one, then ${CONNECTIONS} connections for ${SECONDS} s`,
  );
  for (const path of PAGES)
    for (const own of [true, false]) {
      for (let n = 0; n < WARM; n += 1) await get(path, own);
      const before = await cpuSeconds();
      for (let n = 0; n < COUNTED; n += 1) await get(path, own);
      const each = ((await cpuSeconds()) - before) / COUNTED;
      const times: number[] = [];
      const end = performance.now() + SECONDS * 1000;
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          while (performance.now() < end) times.push(await get(path, own));
        }),
      );
      const [p50, p95] = [percentile(times, 0.5).toFixed(0), percentile(times, 0.95).toFixed(0)];
      say(
        `  ${path}, ${own ? "made for each reader" : "public, kept 2 s"}: ${(each * 1000).toFixed(1)} ms of server processor time (goal 5); at ${CONNECTIONS} connections p50 ${p50} ms, p95 ${p95} ms (goal 50), ${(times.length / SECONDS).toFixed(0)} pages a second`,
      );
    }
} finally {
  server.kill("SIGINT");
  await new Promise((resolve) => server.once("exit", resolve));
  await rm(data, { recursive: true, force: true });
}
