import { createServer } from "node:http"
import { readConfig } from "./config.js"
import { createService } from "./service.js"

const config = readConfig(process.env)
const service = createService(config)
const server = createServer(service.handle)

// Longer than the idle time of any proxy in front, so that the proxy is the one that closes first.
server.keepAliveTimeout = 75_000

server.listen(config.port, config.host, () => {
  const { port } = server.address()
  log("listening", { port, version: config.version, commit: config.commit })
})
server.on("error", (error) => {
  log("cannot listen", { error: error.message })
  process.exit(1)
})

let stopping = false
function stop(signal) {
  if (stopping) return
  stopping = true
  log("stopping", { signal })
  service.close()
  server.close(() => {
    log("stopped", {})
    process.exit(0)
  })
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 5_000).unref()
}
process.on("SIGTERM", () => stop("SIGTERM"))
process.on("SIGINT", () => stop("SIGINT"))

function log(message, fields) {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), message, ...fields })}\n`)
}
