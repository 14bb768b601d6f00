// npm run engines: everything of the container strategies, on engines of its own. Takes about six minutes, and root.
//   node scripts/engines.mjs -t "a worker that dies"      only some of it
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { findContainerEngine } from "./lib/find-programs.mjs"
import { interrupt, runNode } from "./lib/stages.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
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
