import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

// What users are sent about a version is its entry in CHANGELOG.md.
const version = (process.env.VERSION ?? "").replace(/^v/, "")
const entries = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8").split(/^## /m).slice(1)
const entry = entries.find((text) => text.split(/\s/, 1)[0] === version) ?? ""
const lines = entry.split("\n").filter((line) => /^- \S/.test(line))
process.stdout.write(
  lines.length ? `announcement of ${version}:\n${lines.join("\n")}\n` : `nothing to announce ${version} with\n`,
)
process.exitCode = lines.length ? 0 : 1
