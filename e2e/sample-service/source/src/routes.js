import { readFileSync } from "node:fs"
import { frontPage } from "./front-page.js"
import { json, Refusal, text } from "./http.js"

const ASSETS = { "app.js": "text/javascript; charset=utf-8", "app.css": "text/css; charset=utf-8" }

/**
 * `reads`: the answer needs a connection of the read pool.
 * `exempt`: never struck by an injected fault.
 */
export function createRoutes(context) {
  const { config, startedAt, metrics, queue, reads, faults, auth, oauth } = context
  const get = (path, handle, options = {}) => ({ method: "GET", path, handle, ...options })
  const post = (path, handle, options = {}) => ({ method: "POST", path, handle, ...options })

  return [
    get("/health", () =>
      json(200, { status: "ok", version: config.version, uptimeS: (Date.now() - startedAt) / 1000 }),
    ),
    get("/", () => text(200, frontPage(config), "text/html; charset=utf-8"), { reads: true }),
    get("/assets/:name", ({ params }) => asset(params.name)),
    get("/api/ping", () => json(200, { message: "pong", version: config.version }), { reads: true }),
    get("/api/flags", () => json(200, { flags: config.flags })),
    get("/api/queue", () => json(200, { depth: queue.depth(), processed: queue.processed() })),
    get("/api/auth/status", ({ req }) => json(200, { authenticated: auth.whoIs(req) !== null, database: "ok" }), {
      reads: true,
    }),
    post("/api/auth/signup", async ({ body }) => auth.signup(await body())),
    post("/api/auth/login", async ({ body }) => auth.login(await body())),
    get("/api/oauth/:platform", ({ params }) => oauth.begin(params.platform)),
    get("/api/oauth/:platform/callback", ({ params, url }) => oauth.finish(params.platform, url.searchParams)),
    get("/api/connectors", ({ req }) => connectors(req)),
    get("/metrics", () => text(200, renderMetrics(), "text/plain; version=0.0.4; charset=utf-8"), { exempt: true }),
    get("/__faults", () => json(200, faults.current()), { exempt: true }),
    post("/__faults", async ({ req, body }) => faults.change(req, await body()), { exempt: true }),
  ]

  // Not a `reads` route: a stranger is turned away before a connection is taken.
  function connectors(req) {
    const email = auth.whoIs(req)
    if (!email) throw new Refusal(401, "unauthorised", "A bearer token is needed", { "WWW-Authenticate": "Bearer" })
    return reads.read(() => json(200, { user: email, connectors: oauth.connectors() }))
  }

  function renderMetrics() {
    return metrics.render({ pool: reads.stats(), queueDepth: queue.depth(), processed: queue.processed() })
  }
}

function asset(name) {
  if (!Object.hasOwn(ASSETS, name)) throw new Refusal(404, "not_found", `No asset named ${name}`)
  return text(200, readFileSync(new URL(`../public/${name}`, import.meta.url), "utf8"), ASSETS[name])
}
