// npm run engines: everything of the container strategies, on engines of its own. Takes about six minutes, and root.
//   node scripts/engines.mjs -t "a worker that dies"      only some of it
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { generate } from "./generate.mjs"
import { installPackages, requireNode } from "./lib/install.mjs"
import { interrupt, runNode } from "./lib/stages.mjs"

requireNode()
const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
await installPackages(root)
await generate()
const { findContainerEngine } = await import("./lib/find-programs.mjs")
let again = false
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupt(again)
    again = true
  })
}

const { missing } = findContainerEngine()
if (missing) {
  console.error(`No container engine can be started here: ${missing}.`)
  process.exit(1)
}
const vitest = join(root, "node_modules/vitest/vitest.mjs")
process.exit(await runNode(root, [vitest, "run", "--project", "engines", ...process.argv.slice(2)]))
