import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestHost, type TestHost } from "@/lib/strategies/local/host/testing/start-test-host"
import { maintenancePorts } from "@/lib/testing/conformance/maintenance-ports"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { createProvider } from "./provider"

const ports = maintenancePorts()

describe("the local host", () => {
  let host: TestHost
  beforeEach(async () => {
    host = await startTestHost({ adminToken: "t0ken" })
  })
  afterEach(() => host.close())
  const provider = (token = "t0ken") =>
    createProvider({ url: host.adminUrl("/maintenance"), headers: { Authorization: `Bearer ${token}` } }, ports)

  test("is turned on, told another message, and turned off, each also twice", async () => {
    const toggle = provider()
    expect(await toggle.state()).toEqual({ on: false, message: null })
    for (const message of ["Back soon", "Back soon", "Back at 4 pm"]) {
      expect(await toggle.turnOn(message)).toEqual({ on: true, message })
      const answer = await fetch(host.proxyUrl("/"))
      expect([answer.status, (await answer.text()).includes(message)]).toEqual([503, true])
    }
    for (const _ of [1, 2]) expect(await toggle.turnOff()).toEqual({ on: false, message: null })
  })

  test("what it refuses is said", async () => {
    await expect(provider("wrong").turnOn("x")).rejects.toThrow(/answered 401.*no valid bearer token/)
    await expect(provider("wrong").state()).rejects.toThrow("answered 401")
  })
})

describe("a switch of another make", () => {
  let mode = ""
  const seen: string[] = []
  let service: Awaited<ReturnType<typeof startAnswering>>
  beforeEach(async () => {
    mode = "up"
    seen.length = 0
    service = await startAnswering((req, res, body) => {
      if (req.url === "/state") return void res.end(JSON.stringify({ on: mode === "down" }))
      if (req.url === "/text") return void res.end("fine")
      seen.push(`${req.method} ${req.headers["x-key"]} ${body}`)
      if (req.url === "/switch") mode = (JSON.parse(body) as { mode: string }).mode
      res.writeHead(204).end()
    })
  })
  afterEach(() => service.close())

  test("gets the bodies that it wants", async () => {
    const toggle = createProvider(
      {
        ...{ url: service.url("/switch"), method: "POST", stateUrl: service.url("/state"), headers: { "X-Key": "k" } },
        ...{ onBody: { mode: "down", text: ["{{message}}"] }, offBody: { mode: "up" } },
      },
      ports,
    )
    expect(await toggle.turnOn('He said "$&"')).toEqual({ on: true, message: null })
    expect(await toggle.turnOff()).toEqual({ on: false, message: null })
    expect(seen).toEqual(['POST k {"mode":"down","text":["He said \\"$&\\""]}', 'POST k {"mode":"up"}'])
  })

  test("one that accepts and does nothing is found out", async () => {
    const toggle = createProvider({ url: service.url("/deaf"), stateUrl: service.url("/state") }, ports)
    await expect(toggle.turnOn("x")).rejects.toThrow("but it is still off")
    mode = "down"
    await expect(toggle.turnOff()).rejects.toThrow("but it is still on")
  })

  test("one that answers something else, or nothing", async () => {
    const odd = createProvider({ url: service.url("/switch"), stateUrl: service.url("/text") }, ports)
    await expect(odd.state()).rejects.toThrow("does not answer { on, message }")
    await expect(createProvider({ url: "http://127.0.0.1:1/" }, ports).state()).rejects.toThrow("connection refused")
  })
})
