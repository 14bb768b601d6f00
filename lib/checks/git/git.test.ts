import { execFile } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const run = promisify(execFile)
let source: Awaited<ReturnType<typeof makeRepository>>
beforeAll(async () => {
  source = await makeRepository({ "a.txt": "one" })
  await source.git("tag", "-a", "v1", "-m", "One")
})
afterAll(() => source.remove())

const check = (config: Record<string, unknown>) => tryCheck("git", { repository: source.directory, ...config })

test("what is released is there, on main, pushed, and nothing is lying about", async () => {
  const all = { clean: true, branch: "main", pushed: true, refExists: true }
  for (const ref of ["v1", "main", source.first]) {
    const result = await check({ ref, expect: all })
    expect(said(result)).toEqual([
      `ok Ref ${ref}: exists / exists`,
      "ok Working folder: clean / clean",
      `ok ${ref} is part of: main / main`,
      `ok ${ref} is pushed: part of a branch of origin / part of origin's main`,
    ])
  }
  expect(said(await check({ expect: { clean: true, branch: "main" } }))).toEqual([
    "ok Working folder: clean / clean",
    "ok Branch: main / main",
  ])
})

test("a commit that stayed here is not pushed, an unknown file is not clean", async () => {
  await source.git("checkout", "--quiet", "-b", "feature")
  const local = await source.commit({ "a.txt": "two" })
  await writeFile(join(source.directory, "new.txt"), "x")
  try {
    const result = await check({ ref: local, expect: { clean: true, branch: "main", pushed: true } })
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      "bad Working folder: clean / new.txt (unknown to git)",
      `bad ${local} is part of: main / not main`,
      `bad ${local} is pushed: part of a branch of origin / part of no branch of origin`,
    ])
    expect(said(await check({ expect: { branch: "main" } }))).toEqual(["bad Branch: main / feature"])
    expect((await check({ ref: local, expect: { branch: "gone" } })).summary).toContain("there is no branch gone")
  } finally {
    await source.git("clean", "--quiet", "--force")
    await source.git("checkout", "--quiet", "main")
  }
})

test("what somebody else pushed on top counts, and no ref of this folder moves", async () => {
  const other = join(source.root, "other")
  await run("git", ["clone", "--quiet", source.origin, other])
  const config = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
  await run("git", ["-C", other, ...config, "commit", "--quiet", "--allow-empty", "-m", "On top"])
  await run("git", ["-C", other, "push", "--quiet", "origin", "main"])
  const before = await source.git("for-each-ref")
  expect(said(await check({ ref: source.first, expect: { pushed: true } }))).toEqual([
    `ok ${source.first} is pushed: part of a branch of origin / part of origin's main`,
  ])
  expect(await source.git("for-each-ref")).toBe(before)
})

test("a bare repository is itself what is pushed to", async () => {
  const config = { repository: source.origin, ref: "main", expect: { clean: true, branch: "main", pushed: true } }
  expect((await tryCheck("git", config)).outcome).toBe("passed")
})

test("one over the network is fetched, if it is the environment's", async () => {
  const repository = `file://${source.origin}`
  const config = { repository, ref: "main", expect: { refExists: true, branch: "main", pushed: true } }
  expect(await tryCheck("git", config, { repository })).toMatchObject({ outcome: "passed", leftBehind: [] })
  const refused = await tryCheck("git", config, { repository: "/elsewhere" })
  expect(refused).toMatchObject({
    outcome: "errored",
    summary: expect.stringContaining("environment's own repository"),
  })
})

test("a ref that is not there", async () => {
  expect((await check({ ref: "v9", expect: { refExists: false } })).outcome).toBe("passed")
  expect(said(await check({ ref: "v9", expect: { refExists: true, pushed: true, branch: "main" } }))).toEqual([
    "bad Ref v9: exists / does not exist",
    "bad v9 is part of: main / nothing, it does not exist",
    "bad v9 is pushed: part of a branch of origin / it does not exist",
  ])
})

test("what git would take for an option is refused, also when it is filled in", async () => {
  const options = { variables: { release: { ref: "--upload-pack=touch owned" } } }
  const config = { repository: source.directory, ref: "{{release.ref}}", expect: { refExists: true } }
  expect(await tryCheck("git", config, options)).toMatchObject({ outcome: "errored" })
  for (const bad of [{ ref: "-x" }, { repository: "-x" }, { expect: { branch: "-x" } }, { expect: {} }]) {
    expect((await check({ expect: { clean: true }, ...bad })).outcome).toBe("errored")
  }
})

test("no repository, and a folder inside of one, are no repository", async () => {
  const sub = join(source.directory, "sub")
  await mkdir(sub)
  for (const repository of [join(source.root, "gone"), source.root, sub]) {
    expect(await check({ repository, expect: { clean: true } })).toMatchObject({
      ...{ outcome: "errored", summary: expect.stringMatching(/no git repository|no folder/) },
    })
  }
})
