import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

/** Parses every file with node; prints each that does not parse. Returns how many failed. */
export function checkSyntax(files) {
  let failed = 0
  for (const file of files) {
    try {
      execFileSync(process.execPath, ["--check", join(ROOT, file)], { stdio: ["ignore", "ignore", "pipe"] })
    } catch (error) {
      failed += 1
      process.stderr.write(`${file}: ${String(error.stderr).trim()}\n`)
    }
  }
  return failed
}
