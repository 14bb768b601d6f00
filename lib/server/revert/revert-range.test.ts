import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { type RevertWanted, revertRange } from "./revert-range"

let source: Awaited<ReturnType<typeof makeRepository>>
let root: string
let live: string
let release: string
const { signal } = new AbortController()
const said: string[] = []
beforeEach(async () => {
  said.length = 0
  source = await makeRepository({ "src/a.ts": "one\n", "src/b.ts": "b\n" })
  root = await mkdtemp(join(tmpdir(), "golive-revert-"))
  live = source.first
  await source.commit({ "src/a.ts": "two\n", "src/new.ts": "new\n" }, "A feature")
  release = await source.commit({ "src/a.ts": "three\n" }, "Another")
  await source.git("push", "--quiet", "origin", "main")
})
afterEach(async () => {
  await source.remove()
  await rm(root, { recursive: true, force: true })
})

const wanted = (change: Partial<RevertWanted> = {}): RevertWanted => ({
  ...{ repository: source.origin, root, base: "main", branch: "golive/revert-1", from: live, to: release },
  ...{
    mode: "branch",
    mark: "release-1 run-1",
    message: "Revert POSTD 1.1.0",
    signal,
    log: (words) => said.push(words),
  },
  author: { name: "Ada <Ops>", email: "ada@example.com" },
  ...change,
})
const origin = (...args: string[]) => source.git("--git-dir", source.origin, ...args)
const branches = async () => (await origin("for-each-ref", "--format=%(refname:short)", "refs/heads")).split("\n")
async function done(change: Partial<RevertWanted> = {}) {
  const answer = await revertRange(wanted(change))
  if (answer.outcome === "conflict") throw new Error(`conflicts: ${answer.files}`)
  return answer
}

test("on a branch of its own: exactly what was live before, as one commit on top of the release", async () => {
  const { outcome, commit, files } = await done()
  expect([outcome, files]).toEqual(["reverted", 2])
  expect(await origin("rev-parse", `${commit}^{tree}`)).toBe(await origin("rev-parse", `${live}^{tree}`))
  expect(await origin("rev-parse", `${commit}^`)).toBe(release)
  expect(await origin("rev-parse", "main")).toBe(release)
  expect(await origin("log", "-1", "--format=%an|%ae|%B", commit)).toContain(
    "Ada  Ops|ada@example.com|Revert POSTD 1.1.0\n\nGolive-Revert: release-1 run-1",
  )
  expect((await readdir(root)).filter((name) => name.startsWith("revert-"))).toEqual([])
})

test("done again, by this worker or another, it is found and not done twice", async () => {
  const { commit } = await done()
  const other = await mkdtemp(join(tmpdir(), "golive-revert-other-"))
  try {
    for (const where of [root, other]) expect(await done({ root: where })).toMatchObject({ outcome: "found", commit })
  } finally {
    await rm(other, { recursive: true, force: true })
  }
  expect(await origin("rev-list", "--count", "golive/revert-1")).toBe("4")
})

describe("onto the main line", () => {
  test("what came since stays, and both branches are there at once", async () => {
    const since = await source.commit({ "src/c.ts": "since\n", "src/b.ts": "b, later\n" }, "Since")
    await source.git("push", "--quiet", "origin", "main")
    const { commit } = await done({ mode: "main" })
    expect(await origin("rev-parse", "main")).toBe(commit)
    expect(await origin("rev-parse", "golive/revert-1")).toBe(commit)
    expect(await origin("rev-parse", `${commit}^`)).toBe(since)
    const file = (name: string) => origin("show", `${commit}:${name}`)
    expect([await file("src/a.ts"), await file("src/b.ts"), await file("src/c.ts")]).toEqual([
      "one",
      "b, later",
      "since",
    ])
    await expect(file("src/new.ts")).rejects.toThrow()
  })

  test("a merge in between is taken back as a whole", async () => {
    await source.git("checkout", "--quiet", "-b", "side", live)
    await source.commit({ "src/side.ts": "side\n" })
    await source.git("checkout", "--quiet", "main")
    await source.git("merge", "--quiet", "--no-edit", "side")
    await source.git("push", "--quiet", "origin", "main")
    const to = await source.git("rev-parse", "main")
    const { commit } = await done({ mode: "main", to })
    expect(await origin("rev-parse", `${commit}^{tree}`)).toBe(await origin("rev-parse", `${live}^{tree}`))
  })

  test("conflicts name their files, and nothing is pushed", async () => {
    const since = await source.commit({ "src/a.ts": "four\n", "src/new.ts": "changed\n", "src/ü b.ts": "x" }, "Since")
    await source.git("push", "--quiet", "origin", "main")
    expect(await revertRange(wanted({ mode: "main" }))).toEqual({
      outcome: "conflict",
      files: ["src/a.ts", "src/new.ts"],
    })
    expect([await branches(), await origin("rev-parse", "main")]).toEqual([["main"], since])
  })

  test("somebody who pushes at the same moment is not overwritten: the revert is made anew on top", async () => {
    // The first push meets a branch that moved: a hook of the test's moves it, once.
    const mover = join(root, "mover.sh")
    const late = await source.commit({ "src/late.ts": "late\n" }, "Late")
    await source.git("push", "--quiet", "origin", `${late}:refs/heads/parked`)
    await writeFile(
      mover,
      `#!/bin/sh\n[ -f ${root}/moved ] && exit 0\ntouch ${root}/moved\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/main ${late}\n`,
    )
    await chmod(mover, 0o755)
    await source.git("--git-dir", source.origin, "config", "core.hooksPath", join(root, "hooks"))
    const { mkdir, rename } = await import("node:fs/promises")
    await mkdir(join(root, "hooks"))
    await rename(mover, join(root, "hooks", "pre-receive"))
    const { commit } = await done({ mode: "main" })
    expect(await origin("rev-parse", `${commit}^`)).toBe(late)
    expect(await origin("rev-parse", "main")).toBe(commit)
    expect(said.join()).toContain("The branch has moved meanwhile")
  })

  test("a repository that refuses takes nothing of it, and its words are said", async () => {
    const hook = join(source.origin, "hooks", "update")
    await writeFile(
      hook,
      `#!/bin/sh\n[ "$1" = refs/heads/main ] && { echo "main is protected" >&2; exit 1; }\nexit 0\n`,
    )
    await chmod(hook, 0o755)
    await expect(done({ mode: "main" })).rejects.toThrow(
      /did not take the revert; nothing of it was pushed.*(protected|declined)/s,
    )
    expect([await branches(), await origin("rev-parse", "main")]).toEqual([["main"], release])
  })
})

test("what is not there, and names that are none, are said before anything is done", async () => {
  await expect(done({ from: "0".repeat(40) })).rejects.toThrow("has no commit 000000000000")
  await expect(done({ mode: "main", base: "trunk" })).rejects.toThrow("has no branch trunk")
  for (const branch of ["--force", "a:b", "../x", "+main"]) await expect(done({ branch })).rejects.toThrow("is no name")
  await expect(done({ repository: "--upload-pack=touch x" })).rejects.toThrow("is no repository")
  expect(await branches()).toEqual(["main"])
})

test("a branch of that name that is something else is left alone", async () => {
  await source.git("push", "--quiet", "origin", `${live}:refs/heads/golive/revert-1`)
  await expect(done()).rejects.toThrow("is not this revert: nothing was pushed")
  expect(await origin("rev-parse", "golive/revert-1")).toBe(live)
})

test("stopped, it ends with the reason and leaves nothing behind", async () => {
  await expect(done({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough")
  expect(await branches()).toEqual(["main"])
})
