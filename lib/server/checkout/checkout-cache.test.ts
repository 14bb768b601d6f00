import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { checkout } from "./checkout"
import { runGit } from "./run-git"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const { signal } = new AbortController()
let source: Awaited<ReturnType<typeof makeRepository>>
let root: string
let cacheDirectory: string
beforeEach(async () => {
  source = await makeRepository({ "version.txt": "one", "bin/run.sh": "#!/bin/sh\n" })
  root = await mkdtemp(join(tmpdir(), "golive-cache-"))
  cacheDirectory = join(root, "kept")
})
afterEach(async () => {
  await source.remove()
  await rm(root, { recursive: true, force: true })
})

const take = (name: string, commit = source.first, wish = signal) =>
  checkout({ repository: source.directory, commit, directory: join(root, name), cacheDirectory, signal: wish })
const kept = () => readdir(cacheDirectory).catch(() => [])

test("many at once fetch once, and each has files of its own", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `copy-${index}`)
  await Promise.all(names.map((name) => take(name)))
  expect(await kept()).toHaveLength(1)
  await writeFile(join(root, "copy-0", "version.txt"), "changed")
  await take("later")
  for (const name of ["copy-1", "later"]) {
    expect(await readFile(join(root, name, "version.txt"), "utf8")).toBe("one")
    expect(await runGit(["status", "--porcelain"], { directory: join(root, name), signal })).toBe("")
  }
  expect((await readdir(root)).filter((name) => name.startsWith("."))).toEqual([])
})

test("what is kept serves while the repository is away; what is not kept does not appear", async () => {
  await take("first")
  await source.remove()
  expect(await take("second")).toEqual({ commit: source.first })
  await expect(take("other", "0".repeat(40))).rejects.toThrow("cannot be read")
})

test("a branch is never kept: it may mean something else a moment later", async () => {
  await take("before", "main")
  const next = await source.commit({ "version.txt": "two" })
  expect(await take("after", "main")).toEqual({ commit: next })
  expect(await kept()).toEqual([])
})

test("only the last few stay", async () => {
  for (let n = 0; n < 9; n++) await take(`of-${n}`, await source.commit({ "version.txt": `n${n}` }))
  expect((await kept()).length).toBeLessThanOrEqual(6)
  expect(await readFile(join(root, "of-0", "version.txt"), "utf8")).toBe("n0")
})

test("whoever is stopped leaves, and the others are served", async () => {
  const stop = new AbortController()
  const both = Promise.allSettled([take("stopped", source.first, stop.signal), take("goes-on")])
  stop.abort(new Error("enough"))
  const [stopped, other] = await both
  expect(stopped.status).toBe("rejected")
  expect(other).toMatchObject({ status: "fulfilled", value: { commit: source.first } })
})
