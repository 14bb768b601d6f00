import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { checkout } from "./checkout"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const { signal } = new AbortController()
let source: Awaited<ReturnType<typeof makeRepository>>
let second: string
let root: string
beforeAll(async () => {
  source = await makeRepository({ "version.txt": "one" })
  await source.git("tag", "v1")
  second = await source.commit({ "version.txt": "two" })
  root = await mkdtemp(join(tmpdir(), "golive-checkout-"))
})
afterAll(async () => {
  await source.remove()
  await rm(root, { recursive: true, force: true })
})

test("a commit, a tag and a branch", async () => {
  const repository = source.directory
  for (const [commit, wanted, text] of [
    [source.first, source.first, "one"],
    ["v1", source.first, "one"],
    ["main", second, "two"],
  ] as const) {
    const directory = join(root, `of-${commit}`)
    expect(await checkout({ repository, commit, directory, signal })).toEqual({ commit: wanted })
    expect(await readFile(join(directory, "version.txt"), "utf8")).toBe(text)
  }
  expect((await readdir(root)).filter((name) => name.startsWith("."))).toEqual([])
})

test("twice, and twice at once, is the same as once", async () => {
  const wanted = { repository: source.directory, commit: second, directory: join(root, "twice"), signal }
  await Promise.all([checkout(wanted), checkout(wanted), checkout(wanted)])
  expect(await checkout(wanted)).toEqual({ commit: second })
  expect(await readFile(join(root, "twice", "version.txt"), "utf8")).toBe("two")
  expect((await readdir(root)).filter((name) => name.startsWith("."))).toEqual([])
})

test("a commit that a branch has left behind is still found", async () => {
  await source.commit({ "version.txt": "lost" })
  const lost = await source.git("rev-parse", "HEAD")
  await source.git("reset", "--quiet", "--hard", second)
  const directory = join(root, "lost")
  expect(await checkout({ repository: source.directory, commit: lost, directory, signal })).toEqual({ commit: lost })
})

test.each(["--upload-pack=touch owned", "-x", "main:refs/heads/x", "+main", "a b", "a\nb", "", "a..b"])(
  "%j is no ref",
  async (commit) => {
    const wanted = { repository: source.directory, commit, directory: join(root, "refused"), signal }
    await expect(checkout(wanted)).rejects.toThrow("is no name of a branch, tag or commit")
  },
)

test("a repository that is an option, or runs something, or is not there", async () => {
  const at = (repository: string) => checkout({ repository, commit: "main", directory: join(root, "no"), signal })
  await expect(at("--upload-pack=x")).rejects.toThrow("is no repository")
  await expect(at(`ext::sh -c "touch ${join(root, "owned")}"`)).rejects.toThrow("cannot be read")
  await expect(at(join(root, "nothing"))).rejects.toThrow("cannot be read")
  expect(await readdir(root)).not.toContain("owned")
})

test("a stop is passed on", async () => {
  const stop = AbortSignal.abort(new Error("enough"))
  const wanted = { repository: source.directory, commit: "main", directory: join(root, "stopped"), signal: stop }
  await expect(checkout(wanted)).rejects.toThrow("enough")
})
