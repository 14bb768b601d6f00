// npm run faults: a go-live for every fault and every place where it can strike, with real processes. Takes about half an hour.
//   node scripts/faults.mjs -t "kill -9"      only some of them
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
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
const { findRedis } = await import("./lib/find-programs.mjs")
let again = false
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupt(again)
    again = true
  })
}

const directory = mkdtempSync(join(tmpdir(), "golive-faults-"))
const report = join(directory, "trials.ndjson")
writeFileSync(report, "")
const code = await runNode(
  root,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "faults", ...process.argv.slice(2)],
  { FAULTS_REPORT: report, REDIS_SERVER: findRedis() },
)
const trials = readFileSync(report, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line))
rmSync(directory, { recursive: true })

const rows = new Map()
for (const { fault, lost, doubled, gaps } of trials) {
  const row = rows.get(fault) ?? { fault, tried: 0, lost: 0, doubled: 0, gaps: 0 }
  rows.set(fault, {
    fault,
    tried: row.tried + 1,
    lost: row.lost + lost,
    doubled: row.doubled + doubled,
    gaps: row.gaps + gaps,
  })
}
const table = [
  "| fault | tried | lost | doubled | gaps |",
  "| --- | ---: | ---: | ---: | ---: |",
  ...[...rows.values()].map((row) => `| ${row.fault} | ${row.tried} | ${row.lost} | ${row.doubled} | ${row.gaps} |`),
].join("\n")
mkdirSync("test-results", { recursive: true })
writeFileSync("test-results/faults.md", `${table}\n`)
console.log(`\n${table}`)
process.exit(code)
