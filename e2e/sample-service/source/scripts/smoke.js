const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "")
const expectVersion = process.env.EXPECT_VERSION
/** A text: only the tests with it in their name. */
const only = process.env.SMOKE_ONLY ?? ""
const ORIGIN = "https://aligned.com"
// Lets the checks through while visitors still see the maintenance page.
const bypass = process.env.BYPASS_TOKEN ? { "X-Golive-Bypass": process.env.BYPASS_TOKEN } : {}

const CHECKS = {
  "health: GET /health is 200 and ok": async () => {
    const response = await call("/health")
    status(response, 200)
    const body = await response.json()
    equal("status", body.status, "ok")
    if (expectVersion) equal("version", body.version, expectVersion)
  },
  "health: GET /api/ping is 200": async () => status(await call("/api/ping"), 200),
  "GET / is the front page": async () => {
    const response = await call("/")
    status(response, 200)
    includes("body", await response.text(), "React")
    for (const name of [
      "strict-transport-security",
      "content-security-policy",
      "x-frame-options",
      "x-content-type-options",
    ]) {
      if (!response.headers.get(name)) throw new Error(`expected header ${name}, got none`)
    }
  },
  "OPTIONS /api/posts allows our origin": async () => {
    const response = await call("/api/posts", { method: "OPTIONS", headers: { Origin: ORIGIN } })
    equal("access-control-allow-origin", response.headers.get("access-control-allow-origin"), ORIGIN)
  },
  "GET /api/auth/status is 200": async () => status(await call("/api/auth/status"), 200),
  "GET /api/oauth/meta redirects with a state": async () => {
    const response = await call("/api/oauth/meta")
    status(response, 302)
    includes("location", response.headers.get("location") ?? "", "state=")
  },
  "OAuth callback refuses an unknown state": async () => {
    const response = await call("/api/oauth/meta/callback?code=smoke&state=unknown")
    status(response, 400)
    equal("error", (await response.json()).error, "invalid_state")
  },
  "GET /api/connectors needs a token": async () => status(await call("/api/connectors"), 401),
  "GET /api/nonexistent is a JSON 404": async () => {
    const response = await call("/api/nonexistent")
    status(response, 404)
    equal("error", (await response.json()).error, "not_found")
  },
}

let failed = 0
const chosen = Object.entries(CHECKS).filter(([name]) => name.includes(only))
for (const [name, check] of chosen) {
  const began = performance.now()
  try {
    await check()
    process.stdout.write(`ok    ${name} (${Math.round(performance.now() - began)} ms)\n`)
  } catch (error) {
    failed += 1
    const why = error.cause?.code ? `${error.message}: ${error.cause.code}` : error.message
    process.stdout.write(`FAIL  ${name}: ${why}\n`)
  }
}
const total = chosen.length
process.stdout.write(`${total - failed} of ${total} smoke tests passed against ${baseUrl}\n`)
process.exitCode = failed > 0 || total === 0 ? 1 : 0

function call(path, { headers, ...init } = {}) {
  const signal = AbortSignal.timeout(5_000)
  return fetch(baseUrl + path, { redirect: "manual", signal, headers: { ...bypass, ...headers }, ...init })
}

function status(response, expected) {
  equal("status", response.status, expected)
}

function equal(what, actual, expected) {
  if (actual !== expected) throw new Error(`expected ${what} ${expected}, got ${actual}`)
}

function includes(what, actual, expected) {
  if (!actual.includes(expected)) throw new Error(`expected ${what} to contain ${expected}`)
}
