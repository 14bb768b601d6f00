import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { LongestFirst } from "./lib/testing/longest-first.ts"

const root = fileURLToPath(new URL(".", import.meta.url))
const elsewhere = ["**/node_modules/**", ".next/**", ".golive/**", "e2e/specs/**", "e2e/sample-service/source/**"]
const integration = "**/*.integration.test.{ts,tsx}"
const engine = "**/*.engine.test.ts"
/** `npm test` tries one of the container strategies at every one of its steps; the rest is `npm run engines`. */
const steps = process.env.CONTAINER_ENGINE ? ["lib/strategies/docker/conformance.engine.test.ts"] : []
const resolve = { alias: [{ find: /^@\//, replacement: root }] }

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, integration, engine],
          environment: "node",
          // More than there are cores: most of the time goes into waiting for programs, sockets and timers.
          maxWorkers: 4,
          // Ample: on a machine with other work to do, only what is wrong may fail.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: [integration, ...steps],
          exclude: elsewhere,
          environment: "node",
          globalSetup: ["lib/testing/database/global-setup.ts"],
          setupFiles: ["lib/testing/database/setup-file.ts"],
          // Processes, not threads: tests start programs, change signals and the environment.
          pool: "forks",
          maxWorkers: 3,
          // Unit tests first; both at once would only share the cores.
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          // Each file starts a container engine of its own: root, and a kernel that lets it, are needed.
          name: "engines",
          include: [engine],
          exclude: elsewhere,
          environment: "node",
          pool: "forks",
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        resolve,
        test: {
          name: "faults",
          include: ["e2e/faults/*.faults.ts"],
          environment: "node",
          globalSetup: ["lib/testing/database/global-setup.ts"],
          setupFiles: ["lib/testing/database/setup-file.ts"],
          pool: "forks",
          // One go-live at a time: what is looked for is what the fault does, not what a crowd does.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
