import assert from "node:assert/strict"
import { createServer } from "node:http"
import { after, before, test } from "node:test"
import { readConfig } from "../src/config.js"
import { createService } from "../src/service.js"

let server
let service
let base

before(async () => {
  service = createService(readConfig({ FAULTS: "on", FEATURE_FLAG_NEW_COMPOSER: "true" }))
  server = createServer(service.handle)
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  base = `http://127.0.0.1:${server.address().port}`
})

after(() => {
  service.close()
  server.closeAllConnections()
  server.close()
})

const call = (path, init) => fetch(base + path, { redirect: "manual", ...init })
const post = (path, body) => call(path, { method: "POST", body: JSON.stringify(body) })

test("health says the version", async () => {
  const response = await call("/health")
  assert.equal(response.status, 200)
  const body = await response.json()
  assert.equal(body.status, "ok")
  assert.match(body.version, /^\d+\.\d+\.\d+$/)
})

test("a HEAD request has headers and no body", async () => {
  const response = await call("/health", { method: "HEAD" })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get("x-frame-options"), "DENY")
  assert.equal(await response.text(), "")
})

test("CORS is for our origins only", async () => {
  const ours = await call("/api/posts", { method: "OPTIONS", headers: { Origin: "https://aligned.com" } })
  assert.equal(ours.headers.get("access-control-allow-origin"), "https://aligned.com")
  const other = await call("/api/posts", { method: "OPTIONS", headers: { Origin: "https://elsewhere.example" } })
  assert.equal(other.headers.get("access-control-allow-origin"), null)
})

test("sign up, sign in, list connectors", async () => {
  const person = { email: "new@example.com", password: "TestPassword123!" }
  const created = await post("/api/auth/signup", person)
  assert.equal(created.status, 201)
  assert.deepEqual(await created.json(), { email: "new@example.com", verification: "sent" })
  assert.equal((await post("/api/auth/signup", person)).status, 409)
  assert.equal((await post("/api/auth/login", { ...person, password: "wrong" })).status, 401)
  const { access_token } = await (await post("/api/auth/login", person)).json()
  assert.equal((await call("/api/connectors")).status, 401)
  const list = await call("/api/connectors", { headers: { Authorization: `Bearer ${access_token}` } })
  assert.equal(list.status, 200)
  assert.equal((await list.json()).connectors.length, 6)
})

test("an OAuth state works once and for its platform", async () => {
  const location = new URL((await call("/api/oauth/google")).headers.get("location"))
  assert.equal(location.host, "accounts.google.com")
  const state = location.searchParams.get("state")
  const callback = `/api/oauth/google/callback?code=c&state=${state}`
  assert.equal((await call(callback)).status, 302)
  const again = await call(callback)
  assert.equal(again.status, 400)
  assert.equal((await again.json()).error, "invalid_state")
})

test("faults are spread evenly and can be taken back", async () => {
  await post("/__faults", { errorRate: 0.5 })
  const statuses = []
  for (let i = 0; i < 4; i += 1) statuses.push((await call("/api/flags")).status)
  assert.deepEqual(statuses, [200, 500, 200, 500])
  await post("/__faults", { errorRate: 0 })
  assert.deepEqual(await (await call("/api/flags")).json(), { flags: { new_composer: true } })
})

test("metrics count requests by status", async () => {
  await call("/api/nonexistent")
  const body = await (await call("/metrics")).text()
  assert.match(body, /http_requests_total\{route="unknown",status="404"\} \d+/)
  assert.match(body, /db_pool_size 1\d|db_pool_size 20/)
})
