// Runs a program and keeps what it writes in two files: personal data that it may hold must not be shown as it comes.
// Arguments: folder, most bytes of each file, program, its arguments. Its environment comes in PII_SCAN_ENV, as JSON.
import { spawn } from "node:child_process"
import { openSync, writeFileSync, writeSync } from "node:fs"
import { join } from "node:path"

/** How long others may hold its output open when it has ended. */
const DRAIN_MS = 500

const [folder, most, program, ...args] = process.argv.slice(2)
const { PII_SCAN_ENV, ...environment } = process.env
const child = spawn(program, args, {
  env: { ...environment, ...JSON.parse(PII_SCAN_ENV ?? "{}") },
  stdio: ["ignore", "pipe", "pipe"],
})
const written = { out: keep("out", child.stdout), err: keep("err", child.stderr) }

child.once("error", ({ code, message }) => {
  if (child.pid === undefined) end({ notStarted: { code, message } }, () => process.exit(1))
})
child.once("exit", (exitCode, signal) => {
  const finish = () =>
    end({ outBytes: written.out(), errBytes: written.err() }, () => {
      if (signal === null) process.exit(exitCode)
      process.kill(process.pid, signal)
    })
  const timer = setTimeout(finish, DRAIN_MS)
  child.once("close", () => {
    clearTimeout(timer)
    finish()
  })
})

/** Answers with how much there was: what is over the limit is read, so that the program goes on, and left out. */
function keep(name, stream) {
  const file = openSync(join(folder, name), "w")
  let bytes = 0
  stream.on("data", (chunk) => {
    const room = Math.max(0, Number(most) - bytes)
    if (room > 0) writeSync(file, chunk, 0, Math.min(room, chunk.length))
    bytes += chunk.length
  })
  return () => bytes
}

function end(result, leave) {
  writeFileSync(join(folder, "end.json"), JSON.stringify(result))
  leave()
}
