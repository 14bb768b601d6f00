import { mkdtemp, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { maintenancePorts } from "@/lib/testing/conformance/maintenance-ports"
import { createProvider } from "./provider"

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-maintenance-"))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const sh = (script: string, ...args: string[]) => ["sh", "-c", script, "program", ...args]
const STATE = 'if [ -f on ]; then printf \'{"on":true,"message":"%s"}\\n\' "$(cat on)"; else echo \'{"on":false}\'; fi'
const whole = {
  on: sh('printf %s "$1" > on', "{{message}}"),
  off: sh("rm -f on"),
  state: sh(STATE),
}
const provider = (change: Record<string, unknown> = {}, signal?: AbortSignal) =>
  createProvider({ ...whole, directory: root, ...change }, maintenancePorts(signal ? { signal } : {}))

test("on, on with another message, off, each also twice", async () => {
  const switched = provider()
  expect(await switched.state()).toEqual({ on: false, message: null })
  for (const message of ["Back soon", "Back soon", "Back at 4 pm"]) {
    expect(await switched.turnOn(message)).toEqual({ on: true, message })
  }
  for (const _ of [1, 2]) expect(await switched.turnOff()).toEqual({ on: false, message: null })
})

test("what a message holds is never read by a shell, as an argument and as a variable", async () => {
  const nasty = `$(touch owned) \`touch owned\`; touch owned\n-rf 'x' "y" $& {{message}}`
  await provider({ state: sh("echo '{\"on\":true}'") }).turnOn(nasty)
  expect(await readFile(join(root, "on"), "utf8")).toBe(nasty)
  const byVariable = { on: sh('printf %s "$MAINTENANCE_MESSAGE" > on'), state: sh("echo '{\"on\":true}'") }
  await provider(byVariable).turnOn(nasty)
  expect(await readFile(join(root, "on"), "utf8")).toBe(nasty)
  await expect(stat(join(root, "owned"))).rejects.toThrow("ENOENT")
})

test("a program that ends well and does nothing is found out", async () => {
  await expect(provider({ on: ["true"] }).turnOn("x")).rejects.toThrow("but it is still off")
  await provider().turnOn("x")
  await expect(provider({ off: ["true"] }).turnOff()).rejects.toThrow("but it is still on")
})

test.each([
  [{ on: sh("echo no such app >&2; exit 2") }, "exit code 2 (no such app)"],
  [{ on: ["/nonexistent/program"] }, "/nonexistent/program"],
  [{ on: sh("sleep 30"), timeoutMs: 200 }, "longer than 200 ms"],
  [{ state: sh("echo fine") }, 'printed "fine"'],
  [{ state: sh("true") }, "printed nothing"],
  [{ state: sh("kill -9 $$") }, "ended by SIGKILL"],
])("what goes wrong is said: %j", async (change, words) => {
  await expect(provider(change).turnOn("x")).rejects.toThrow(words)
})

test("it is stopped with the run", async () => {
  const stop = new AbortController()
  const turning = provider({ on: sh("sleep 30") }, stop.signal).turnOn("x")
  setTimeout(() => stop.abort(new Error("enough")), 50)
  await expect(turning).rejects.toThrow("enough")
})
