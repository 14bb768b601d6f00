import { defineConfig, devices } from "@playwright/test"
import { chromiumOptions } from "./e2e/fixtures/chromium"

const queue = process.env.QUEUE_MODE === "redis" ? "redis" : "postgres"
/** The longest by far: begun first, so that no worker is left with them at the end. */
const goLives = /(cli|go-live|prove|rollback)\.spec\.ts$/
/**
 * What goes through the queue, and through the doorbell that comes with it, runs on both; the rest once, on the Postgres
 * queue. What the queue does to runs in particular, integration tests try on both.
 */
const onBoth = /(api|go-live|schedule|stale-edit)\.spec\.ts$/

export default defineConfig({
  testDir: "e2e/specs",
  outputDir: `test-results/${queue}`,
  globalSetup: "./e2e/fixtures/global-setup.ts",
  globalTimeout: 30 * 60_000,
  // Ample: on a machine with other work to do, only what is wrong may fail.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // An environment takes one deployment at a time: the global setup starts a console for each of these workers.
  workers: 2,
  // What passes only at the second try is named as unstable at the end of `npm test`.
  retries: 1,
  forbidOnly: true,
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    // Without a graphics card, every turning mark is drawn by the processor that the console needs.
    contextOptions: { reducedMotion: "reduce" },
    // A trace of every test costs a third of the time; `--trace retain-on-failure` brings one where it is needed.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: chromiumOptions(),
  },
  projects:
    queue === "redis"
      ? [{ name: "redis queue", testMatch: onBoth }]
      : [
          { name: "go-lives, postgres queue", testMatch: goLives },
          { name: "postgres queue", testIgnore: goLives },
        ],
})
