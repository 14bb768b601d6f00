import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

const { version, scripts, engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")
const nodeMajor = Number(process.versions.node.split(".")[0])

const FINDINGS = [
  [
    "package.json names the commands a deployment calls",
    ["build", "start", "test:smoke", "validate:env"].every((s) => scripts[s]),
  ],
  [`CHANGELOG.md has an entry for ${version}`, changelog.includes(`## ${version}`)],
  ["production settings are present", existsSync(join(ROOT, ".env.production"))],
  ["front-end assets are present", existsSync(join(ROOT, "public", "app.js"))],
  [`node ${process.versions.node} satisfies ${engines.node}`, nodeMajor >= Number(engines.node.replace(/\D/g, ""))],
]

for (const [what, good] of FINDINGS) process.stdout.write(`${good ? "ok   " : "FAIL "} ${what}\n`)
const failed = FINDINGS.filter(([, good]) => !good).length
process.stdout.write(`${FINDINGS.length - failed} of ${FINDINGS.length} parts active\n`)
process.exitCode = failed > 0 ? 1 : 0
