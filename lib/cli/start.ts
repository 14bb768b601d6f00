import { main } from "./main"

const stop = new AbortController()
// Ctrl-C stops the watching, never the release; a second one ends this process whatever it does.
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort())
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
})
