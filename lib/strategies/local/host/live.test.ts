import { setTimeout as delay } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readText, startTestHost, type TestHost } from "./testing/start-test-host"

let host: TestHost

beforeEach(async () => {
  host = await startTestHost()
})
afterEach(() => host.close())

test("switching back and forth under load fails no request and cuts off none in flight", async () => {
  await host.goLive("blue")
  await host.run("green")
  const seen = new Map<string, number>()
  let stop = false
  const visitors = Array.from({ length: 20 }, async (_, i) => {
    while (!stop) {
      // POST must never be lost either, and it is not retried.
      const { status, body } = await readText(host.proxyUrl(`/?ms=${i * 5}`), { method: i % 3 === 0 ? "POST" : "GET" })
      const key = status === 200 ? body : String(status)
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
  })
  for (const name of ["green", "blue", "green", "blue", "green"]) {
    await delay(200)
    expect(await host.client().setLive({ deploymentId: name })).toMatchObject({ switched: true })
  }
  await delay(200)
  stop = true
  await Promise.all(visitors)
  expect([...seen.keys()].sort()).toEqual(["blue", "green"])
  expect((await host.client().state()).switches).toHaveLength(6)
})

test("a request in flight ends on the version on which it began", async () => {
  await host.goLive("blue")
  await host.run("green")
  const slow = readText(host.proxyUrl("/?ms=600"))
  await delay(100)
  await host.client().setLive({ deploymentId: "green" })
  expect((await readText(host.proxyUrl("/"))).body).toBe("green")
  const answer = await slow
  expect(answer.body).toBe("blue")
  expect(answer.headers.get("x-served-version")).toBe("blue.0.0")
})

test("switching twice to the same deployment is one switch", async () => {
  await host.run("blue")
  const first = await host.client().setLive({ deploymentId: "blue", expect: null })
  const again = await host.client().setLive({ deploymentId: "blue", expect: null })
  expect([first.switched, again.switched]).toEqual([true, false])
  expect(again.live).toEqual(first.live)
  expect((await host.client().state()).switches).toEqual([{ from: null, to: "blue", at: first.live.since }])
})

test("a wrong expectation is refused and changes nothing", async () => {
  await host.goLive("blue")
  await host.run("green")
  for (const expected of [null, "other"]) {
    const refused = host.client().setLive({ deploymentId: "green", expect: expected })
    await expect(refused).rejects.toMatchObject({ code: "conflict", problem: { status: 409 } })
  }
  expect((await host.client().state()).live?.deploymentId).toBe("blue")
})

test("of two switches at once that expect the same, one wins", async () => {
  await host.goLive("blue")
  await Promise.all([host.run("green"), host.run("red")])
  const results = await Promise.allSettled(
    ["green", "red"].map((deploymentId) => host.client().setLive({ deploymentId, expect: "blue" })),
  )
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
  expect((await host.client().state()).switches).toHaveLength(2)
})

test("what does not run cannot go live", async () => {
  await expect(host.client().setLive({ deploymentId: "ghost" })).rejects.toMatchObject({ code: "not_found" })
  await host.client().start("broken", { ...host.spec("broken"), command: [process.execPath, "-e", "process.exit(3)"] })
  await expect(host.client().waitUntilRunning("broken")).rejects.toMatchObject({
    code: "start_failed",
    message: expect.stringContaining("exit code 3"),
  })
  await expect(host.client().setLive({ deploymentId: "broken" })).rejects.toMatchObject({ code: "conflict" })
})

test("the last three stay up, older ones are stopped and can be started and promoted again", async () => {
  for (const name of ["one", "two", "three", "four"]) await host.goLive(name)
  const statusOf = async (name: string) => (await host.client().instance(name)).status
  await expect.poll(() => statusOf("one")).toBe("exited")
  expect(await Promise.all(["two", "three", "four"].map(statusOf))).toEqual(["running", "running", "running"])
  const { previous } = await host.client().state()
  expect(previous.map(({ deploymentId }) => deploymentId)).toEqual(["three", "two", "one"])

  await host.goLive("one")
  expect((await readText(host.proxyUrl("/"))).body).toBe("one")
  const after = await host.client().state()
  expect(after.previous.map(({ deploymentId }) => deploymentId)).toEqual(["four", "three", "two"])
})
