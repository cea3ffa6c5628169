/**
 * The stages of `npm test` that are tests, as Vitest projects. Pure tests share threads without isolation, which on
 * two cores is several times faster; database files each work on a fresh copy of a template database, and the files of a process
 * share what they import, which takes some two seconds for each file else.
 */
import { defineConfig } from "vitest/config";

const ELSEWHERE = ["**/node_modules/**", "**/dist/**", ".cache/**", "**/*.db.test.ts", "**/*.browser.test.ts"];

export default defineConfig({
  test: {
    passWithNoTests: true,
    cache: false,
    slowTestThreshold: 1_000,
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "demo/**/*.test.ts", "test/house/**/*.test.ts"],
          exclude: ELSEWHERE,
          pool: "threads",
          isolate: false,
          maxWorkers: 2,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "database",
          include: ["{src,demo,test}/**/*.db.test.ts"],
          globalSetup: ["test/setup/database.ts"],
          pool: "forks",
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "doors",
          include: ["test/doors/**/*.test.ts"],
          exclude: ELSEWHERE,
          globalSetup: ["test/setup/database.ts"],
          pool: "forks",
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts", "src/**/*.browser.test.ts"],
          exclude: ["**/node_modules/**", "**/*.db.test.ts"],
          globalSetup: ["test/setup/database.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
