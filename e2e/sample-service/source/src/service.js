import { createAuth } from "./auth.js"
import { createFaults } from "./faults.js"
import { json, readJson, securityHeaders, send } from "./http.js"
import { createJobQueue } from "./job-queue.js"
import { createMetrics } from "./metrics.js"
import { createOauth } from "./oauth.js"
import { createReads } from "./reads.js"
import { createRoutes } from "./routes.js"

/** The whole service for one process: `handle` is a node:http request listener. */
export function createService(config) {
  const startedAt = Date.now()
  const metrics = createMetrics({ version: config.version, commit: config.commit, startedAt })
  const faults = createFaults(config)
  const queue = createJobQueue(() => faults.current().stuckQueue)
  const reads = createReads(
    config,
    (ms) => metrics.observeQuery(ms),
    () => faults.current().smallPool,
  )
  const auth = createAuth({ queue, isLimited: () => !faults.current().noRateLimit })
  const oauth = createOauth({ config, faults, metrics })
  const context = { config, startedAt, metrics, queue, reads, faults, auth, oauth }
  const routes = createRoutes(context)

  async function handle(req, res) {
    const began = performance.now()
    // A constant host in front: a path such as "//" would be read as a host otherwise.
    const url = URL.canParse(`http://service${req.url}`)
      ? new URL(`http://service${req.url}`)
      : new URL("http://service/-")
    const match = findRoute(routes, req.method, url.pathname)
    let answer
    try {
      answer = await respond(match, req, url)
    } catch (error) {
      answer = error.answer ?? json(500, { error: "internal_error", message: error.message })
      if (answer.status >= 500) process.stderr.write(`ERROR ${req.method} ${url.pathname} ${error.message}\n`)
    }
    const headers = {
      ...securityHeaders(),
      ...corsHeaders(req, url),
      ...answer.headers,
      "X-App-Version": config.version,
    }
    drop(headers, faults.current().dropHeader)
    send(req, res, { ...answer, headers })
    metrics.observeRequest({
      route: match.route?.path ?? "unknown",
      status: answer.status,
      ms: performance.now() - began,
    })
  }

  async function respond({ route, params, allowed }, req, url) {
    if (config.maintenance.on && url.pathname !== "/health") {
      const body = { error: "maintenance", message: config.maintenance.message }
      return json(503, body, { "Retry-After": "60" })
    }
    if (!route?.exempt) {
      const fault = await faults.strike(url.pathname)
      if (fault) return fault
    }
    if (req.method === "OPTIONS" && url.pathname.startsWith("/api/")) return { status: 204, headers: {}, body: "" }
    if (!route) {
      if (allowed.length > 0) return json(405, { error: "method_not_allowed" }, { Allow: allowed.join(", ") })
      return json(404, { error: "not_found", message: `Nothing at ${url.pathname}` })
    }
    const call = () => route.handle({ req, url, params, body: () => readJson(req) })
    return route.reads ? reads.read(call) : call()
  }

  function corsHeaders(req, url) {
    if (!url.pathname.startsWith("/api/")) return {}
    const origin = req.headers.origin
    const known = config.allowedOrigins.includes(origin) || faults.current().openCors
    if (!origin || !known) return { Vary: "Origin" }
    return {
      Vary: "Origin",
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
      "Access-Control-Allow-Headers": "Authorization, Content-Type",
      "Access-Control-Max-Age": "600",
    }
  }

  return { handle, close: () => queue.close() }
}

function drop(headers, wanted) {
  for (const name of Object.keys(headers)) if (name.toLowerCase() === wanted.toLowerCase()) delete headers[name]
}

function findRoute(routes, method, pathname) {
  const wanted = method === "HEAD" ? "GET" : method
  const allowed = []
  for (const route of routes) {
    const params = matchPath(route.path, pathname)
    if (!params) continue
    if (route.method === wanted) return { route, params, allowed }
    allowed.push(route.method)
  }
  return { route: null, params: {}, allowed }
}

function matchPath(pattern, pathname) {
  const wanted = pattern.split("/")
  const given = pathname.split("/")
  if (wanted.length !== given.length) return null
  const params = {}
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(":")) params[part.slice(1)] = given[i]
    else if (part !== given[i]) return null
  }
  return params
}
