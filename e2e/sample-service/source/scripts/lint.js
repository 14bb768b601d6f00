import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT, sourceFiles } from "./source-files.js"

const RULES = [
  { name: "no-var", pattern: /^\s*var\s/, message: "use const or let" },
  { name: "no-debugger", pattern: /^\s*debugger\b/, message: "remove the debugger statement" },
  { name: "no-console", pattern: /^\s*console\./, message: "write to process.stdout" },
  { name: "no-tabs", pattern: /\t/, message: "indent with spaces" },
  { name: "no-trailing-space", pattern: /\s+$/, message: "space at the end of the line" },
  { name: "max-length", pattern: /^.{131,}$/, message: "longer than 130 characters" },
]

let problems = 0
const files = sourceFiles("src", "scripts", "test")
for (const file of files) {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n")
  for (const [i, line] of lines.entries()) {
    for (const rule of RULES) {
      if (!rule.pattern.test(line)) continue
      problems += 1
      process.stdout.write(`${file}:${i + 1} ${rule.name}: ${rule.message}\n`)
    }
  }
}
process.stdout.write(`${files.length} files linted, ${problems} problems\n`)
process.exitCode = problems > 0 ? 1 : 0
