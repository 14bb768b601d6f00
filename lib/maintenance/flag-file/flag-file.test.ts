import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { maintenancePorts } from "@/lib/testing/conformance/maintenance-ports"
import { createProvider } from "./provider"

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-flag-"))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const provider = (path = join(root, "maintenance.flag")) =>
  createProvider({ path }, maintenancePorts({ request: () => Promise.reject(new Error("nothing is asked over HTTP")) }))

test("on, on with another message, off, each also twice", async () => {
  const flag = provider()
  expect(await flag.state()).toEqual({ on: false, message: null })
  for (const message of ["Back at 3 pm", "Back at 3 pm", "Back at 4 pm"]) {
    expect(await flag.turnOn(message)).toEqual({ on: true, message })
    expect(await readFile(join(root, "maintenance.flag"), "utf8")).toBe(`${message}\n`)
  }
  expect(await readdir(root)).toEqual(["maintenance.flag"])
  for (const _ of [1, 2]) expect(await flag.turnOff()).toEqual({ on: false, message: null })
  expect(await readdir(root)).toEqual([])
})

test("a file that somebody else put there counts", async () => {
  await writeFile(join(root, "maintenance.flag"), "")
  expect(await provider().state()).toEqual({ on: true, message: null })
})

test("where it cannot be so, that is said", async () => {
  await expect(provider(join(root, "gone", "flag")).turnOn("x")).rejects.toThrow("could not be written")
  await expect(provider(root).state()).rejects.toThrow("cannot be seen")
  await expect(provider(root).turnOff()).rejects.toThrow("could not be removed")
  expect(() => provider("relative/path")).toThrow("absolute")
})
