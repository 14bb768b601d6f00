// Generates and builds, for an image: node scripts/build.mjs
import { fileURLToPath } from "node:url"
import { generate } from "./generate.mjs"
import { buildConsole } from "./lib/build.mjs"
import { step } from "./lib/steps.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
await step("Generated", generate)
await step("Built", () => buildConsole(root, { force: true }))
