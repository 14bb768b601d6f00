import { request } from "node:http"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createLocalHostClient } from "./client"
import { readText, startTestHost, type TestHost } from "./testing/start-test-host"

let host: TestHost
const TOKEN = "token-of-the-test"
const AUTHORISED = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" }

beforeEach(async () => {
  host = await startTestHost({ adminToken: TOKEN })
})
afterEach(() => host.close())

async function put(path: string, body: unknown, headers: Record<string, string> = AUTHORISED) {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  const answer = await readText(host.adminUrl(path), { method: "PUT", headers, body: text })
  return { ...answer, json: JSON.parse(answer.body) }
}

test("without the token nothing is told or done", async () => {
  for (const authorization of ["", "Bearer wrong", TOKEN]) {
    const answer = await readText(host.adminUrl("/state"), { headers: { authorization } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get("content-type")).toBe("application/problem+json")
    expect(answer.headers.get("www-authenticate")).toBe("Bearer")
  }
  const stranger = createLocalHostClient({ adminUrl: host.adminUrl(""), token: "wrong" })
  await expect(stranger.state()).rejects.toMatchObject({ code: "unauthorised" })
})

test("a name that is not loopback is refused, so that a web page cannot reach in by DNS", async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { ...AUTHORISED, host: "evil.example" }
    request(host.adminUrl("/state"), { headers }, (res) => resolve(res.resume().statusCode))
      .on("error", reject)
      .end()
  })
  expect(status).toBe(403)
})

test.each([
  ["a relative command list", "/instances/a", { directory: "/", command: [], version: "1" }, "command"],
  ["a wrong part of the command", "/instances/a", { directory: "/", command: ["node", 1], version: "1" }, "command[1]"],
  [
    "a wrong variable name",
    "/instances/a",
    { directory: "/", command: ["x"], version: "1", env: { "A B": "" } },
    "env.A B",
  ],
  ["an unknown field", "/instances/a", { directory: "/", command: ["x"], version: "1", user: "root" }, "user"],
  ["a missing directory", "/instances/a", { directory: "/no/such/place", command: ["x"], version: "1" }, "directory"],
  ["a path as id", "/instances/..%2Fescape", { directory: "/", command: ["x"], version: "1" }, "deploymentId"],
  ["a missing deployment", "/live", {}, "deploymentId"],
  ["a switch that is no boolean", "/maintenance", { on: "yes" }, "on"],
  ["no JSON", "/maintenance", "{", "body"],
])("%s is refused by the name of the field", async (_, path, body, field) => {
  const { status, json } = await put(path, body)
  expect(status).toBe(422)
  expect(json).toMatchObject({ code: "invalid", status: 422 })
  expect(json.errors.map((error: { field: string }) => error.field)).toContain(field)
  expect((await host.client().state()).instances).toEqual([])
})

test("a body that is not declared as JSON, or is too large, is refused", async () => {
  expect((await put("/maintenance", { on: true }, { ...AUTHORISED, "content-type": "text/plain" })).status).toBe(422)
  expect((await put("/maintenance", { on: true, message: "x".repeat(2_000_000) })).status).toBe(413)
  expect((await host.client().maintenance()).on).toBe(false)
})

test("unknown addresses and methods are told apart", async () => {
  expect((await readText(host.adminUrl("/nowhere"), { headers: AUTHORISED })).status).toBe(404)
  expect((await readText(host.adminUrl("/instances/ghost"), { headers: AUTHORISED })).status).toBe(404)
  const wrongMethod = await readText(host.adminUrl("/live"), { method: "DELETE", headers: AUTHORISED })
  expect(wrongMethod.status).toBe(405)
  expect(wrongMethod.headers.get("allow")).toBe("GET, PUT")
})

test("the client says that a host cannot be reached", async () => {
  const nobody = createLocalHostClient({ adminUrl: "http://127.0.0.1:9" })
  await expect(nobody.state()).rejects.toMatchObject({
    code: "unreachable",
    message: expect.stringContaining("/state"),
  })
})

test("logs can be cut to their end", async () => {
  await host.run("blue")
  expect((await host.client().logs("blue", 1)).lines).toEqual(["application blue listens"])
  await expect(host.client().logs("blue", 0)).rejects.toMatchObject({ code: "invalid" })
})
