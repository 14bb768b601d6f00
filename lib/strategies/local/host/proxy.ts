import { timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import { createForwardAgent, forwardOnce, isRepeatable } from "./forward"
import type { HostLog } from "./host-log"
import type { Instances } from "./instances"
import type { MaintenanceSwitch } from "./maintenance"
import { answerItself } from "./own-answer"
import { BYPASS_HEADER } from "./proxy-headers"
import type { StateFile } from "./state-file"

/** Long enough for a crashed application to be back, as a rule: it is started again after 250 ms. */
const RETRY_AFTER_MS = 500
const MAINTENANCE_RETRY_S = 60

type Options = { state: StateFile; instances: Instances; maintenance: MaintenanceSwitch; log: HostLog }

/** The server that visitors talk to. Which instance answers is decided anew for every request. */
export function createProxy({ state, instances, maintenance, log }: Options): {
  server: Server
  /** For another server that lets the same visitors in. */
  listener: RequestListener
  close(): void
} {
  const agent = createForwardAgent()
  const listener: RequestListener = (req, res) => {
    handle(req, res).catch((error: unknown) => {
      log("proxy.error", { error: String(error) })
      res.destroy()
    })
  }
  const server = createServer(listener)
  // Clients keep idle connections for up to a minute; the side that closes first must not be this one.
  server.keepAliveTimeout = 75_000
  server.requestTimeout = 0

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const closed = maintenance.current()
    if (closed.on && !sameToken(req.headers[BYPASS_HEADER], closed.bypassToken)) {
      const title = "Down for maintenance"
      const retryAfterS = MAINTENANCE_RETRY_S
      answerItself(req, res, { status: 503, error: "maintenance", title, message: closed.message, retryAfterS })
      return
    }
    if (await attempt(req, res, isRepeatable(req) ? 2 : 1)) return
    answerFailure(req, res)
  }

  /** True if the request was answered. The live instance is looked up for each attempt: it may have changed. */
  async function attempt(req: IncomingMessage, res: ServerResponse, attempts: number): Promise<boolean> {
    const live = state.current().live
    if (!live) return false
    const instance = instances.find(live.deploymentId)
    const port = instance?.snapshot().port
    if (instance && port) {
      const leave = instance.enter()
      try {
        if ((await forwardOnce(req, res, { port, version: live.version }, agent)) === "answered") return true
      } finally {
        leave()
      }
    }
    if (attempts <= 1 || res.destroyed) return res.destroyed
    await delay(RETRY_AFTER_MS)
    return attempt(req, res, attempts - 1)
  }

  function answerFailure(req: IncomingMessage, res: ServerResponse): void {
    const live = state.current().live
    if (!live) {
      const message = "No version is live yet."
      answerItself(req, res, {
        status: 503,
        error: "no_live_version",
        title: "Nothing here yet",
        message,
        retryAfterS: 5,
      })
      return
    }
    const servedVersion = live.version
    if (instances.find(live.deploymentId)?.snapshot().status === "running") {
      const message = `Version ${live.version} did not answer.`
      answerItself(req, res, {
        status: 502,
        error: "bad_gateway",
        title: "Bad gateway",
        message,
        retryAfterS: 1,
        servedVersion,
      })
      return
    }
    const message = `Version ${live.version} is starting.`
    answerItself(req, res, {
      status: 503,
      error: "not_ready",
      title: "Just a moment",
      message,
      retryAfterS: 1,
      servedVersion,
    })
  }

  function close(): void {
    server.close()
    server.closeAllConnections()
    agent.destroy()
  }

  return { server, listener, close }
}

function sameToken(given: string | string[] | undefined, token: string): boolean {
  const a = Buffer.from(String(given ?? ""))
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}
