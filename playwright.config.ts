import { defineConfig, devices } from "@playwright/test"
import { chromiumOptions } from "./e2e/fixtures/chromium"

const queue = process.env.QUEUE_MODE === "redis" ? "redis" : "postgres"
/** The longest by far: begun first, so that no worker is left with them at the end. */
const goLives = /(cli|go-live|prove|rollback)\.spec\.ts$/
/** Of these, what says something about the queue that integration tests on Redis do not. */
const throughTheQueue = /go-live\.spec\.ts$/
/** Nothing of these hangs on the queue or on the doorbell that comes with it: they run once. */
const once = /(bundle|environments|every-page|passkeys|people|report|watch|web-killed)\.spec\.ts$/

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
  projects: [
    { name: `go-lives, ${queue} queue`, testMatch: queue === "redis" ? throughTheQueue : goLives },
    { name: `${queue} queue`, testIgnore: queue === "redis" ? [goLives, once] : goLives },
  ],
})
