import { afterAll, beforeAll, expect, test } from "vitest"
import { createProvider } from "@/lib/maintenance/http-toggle/provider"
import { maintenancePorts } from "@/lib/testing/conformance/maintenance-ports"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { serviceRequest } from "./service-request"

let target: Awaited<ReturnType<typeof startAnswering>>
let asked: string[] = []
beforeAll(async () => {
  target = await startAnswering((req, res) => {
    asked.push(`${req.method} ${req.url}`)
    if (req.url === "/hangs") return
    if (req.url === "/inward") res.writeHead(307, { location: "http://169.254.169.254/latest/meta-data/" })
    if (req.url === "/elsewhere") res.writeHead(302, { location: target.url("/reached") })
    res.end()
  })
})
afterAll(() => target.close())

function toggle(url: string, allowPrivateNetwork = true) {
  asked = []
  const request = serviceRequest({ allowPrivateNetwork })
  const signal = new AbortController().signal
  return createProvider(
    { url, timeoutMs: 300 },
    maintenancePorts({ request: (each) => request(each.url, { ...each, signal }) }),
  )
}

test("a target that hangs ends in time, in words", async () => {
  await expect(toggle(target.url("/hangs")).turnOn("Back soon")).rejects.toThrow("no complete answer within 300 ms")
  expect(asked).toEqual(["PUT /hangs"])
})

test.each(["/inward", "/elsewhere"])("a target that redirects, %s, is not followed", async (path) => {
  await expect(toggle(target.url(path)).turnOn("Back soon")).rejects.toThrow(/answered 30[27]/)
  expect(asked).toEqual([`PUT ${path}`])
})

test("a target that answers 200 to nothing has turned nothing on", async () => {
  await expect(toggle(target.url("/nothing")).turnOn("Back soon")).rejects.toThrow("does not answer { on, message }")
  expect(asked).toEqual(["PUT /nothing", "GET /nothing"])
})

test("a target on this machine is not asked where the environment does not allow it", async () => {
  await expect(toggle(target.url("/"), false).turnOn("Back soon")).rejects.toThrow("a loopback address")
  expect(asked).toEqual([])
})
