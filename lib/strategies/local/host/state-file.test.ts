import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openStateFile, type StoredState } from "./state-file"

const EMPTY: StoredState = {
  schemaVersion: 1,
  live: null,
  previous: [],
  instances: {},
  switches: [],
  maintenance: { on: false, message: "", since: null },
  bypassToken: "0123456789abcdef",
}

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "golive-state-"))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const withMessage = (message: string) => (s: StoredState) => ({ ...s, maintenance: { ...s.maintenance, message } })

test("changes run one after the other and survive", async () => {
  const file = await openStateFile(directory, EMPTY)
  await Promise.all(Array.from({ length: 20 }, () => file.update((s) => withMessage(`${s.maintenance.message}x`)(s))))
  const again = await openStateFile(directory, EMPTY)
  expect(again.current().maintenance.message).toBe("x".repeat(20))
})

test("a change that throws leaves all as it was, and the next one goes on", async () => {
  const file = await openStateFile(directory, EMPTY)
  await file.update(withMessage("kept"))
  const failing = file.update(() => {
    throw new Error("no")
  })
  await expect(failing).rejects.toThrow("no")
  expect(file.current().maintenance.message).toBe("kept")
  await file.update(withMessage("next"))
  expect(file.current().maintenance.message).toBe("next")
})

test("a change that cannot be written does not take effect", async () => {
  const file = await openStateFile(directory, EMPTY)
  await rm(directory, { recursive: true })
  await expect(file.update(withMessage("lost"))).rejects.toThrow("ENOENT")
  expect(file.current().maintenance.message).toBe("")
})

test("the file is for its owner only, since it holds the environment of applications", async () => {
  const file = await openStateFile(directory, EMPTY)
  await file.update(withMessage("x"))
  expect((await stat(join(directory, "state.json"))).mode & 0o777).toBe(0o600)
})

test("a file that is no state is refused by name and left alone", async () => {
  const path = join(directory, "state.json")
  await writeFile(path, '{"schemaVersion":1')
  await expect(openStateFile(directory, EMPTY)).rejects.toThrow(path)
  expect(await readFile(path, "utf8")).toBe('{"schemaVersion":1')
})
