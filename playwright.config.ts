import { defineConfig, devices } from "@playwright/test"
import { chromiumOptions } from "./e2e/fixtures/chromium"

const queue = process.env.QUEUE_MODE === "redis" ? "redis" : "postgres"

// One console for the whole run, started by the global setup on the queue that QUEUE_MODE names.
export default defineConfig({
  testDir: "e2e/specs",
  outputDir: `test-results/${queue}`,
  globalSetup: "./e2e/fixtures/global-setup.ts",
  globalTimeout: 30 * 60_000,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // The specs deploy to one environment, which takes one deployment at a time.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
  use: { ...devices["Desktop Chrome"], trace: "retain-on-failure", launchOptions: chromiumOptions() },
  projects: [{ name: `${queue} queue` }],
})
