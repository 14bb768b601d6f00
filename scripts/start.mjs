// npm start: installs if need be, then starts everything. Plain Node, so that it runs before anything is installed.
import { fileURLToPath } from "node:url"
import { installPackages, requireNode } from "./lib/install.mjs"
import { step } from "./lib/steps.mjs"

requireNode()
const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
await step("Packages", () => installPackages(root))

const { register } = await import("tsx/esm/api")
register()
const { supervise } = await import("./supervise.ts")
await supervise({ root, dev: process.argv.includes("--dev") })
