import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

// A document counts as written when every section that is asked for is there and says something.
const [file, ...titles] = process.argv.slice(2)
const path = join(ROOT, file)
const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : []
const missing = titles.filter((title) => !saysSomething(title))
process.stdout.write(missing.length ? `missing in ${file}: ${missing.join(", ")}\n` : `${file} is complete\n`)
process.exitCode = missing.length || titles.length === 0 ? 1 : 0

function saysSomething(title) {
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "").trim() === title)
  const next = lines.slice(start + 1).find((line) => line.trim() !== "")
  return start >= 0 && next !== undefined && !next.startsWith("#")
}
