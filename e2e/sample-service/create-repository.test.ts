import { execFileSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createSampleRepository } from "./create-repository"

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-sample-"))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim()

test("the same sources give the same commits, and a repository that is there is taken as it is", async () => {
  const first = await createSampleRepository({ directory: join(root, "first") })
  const second = await createSampleRepository({ directory: join(root, "second") })
  expect(second.refs).toEqual(first.refs)
  expect(new Set(Object.values(first.refs)).size).toBe(3)
  expect(await createSampleRepository({ directory: join(root, "first") })).toEqual(first)
})

test("it is clean, on main at v1.2.0, and pushed with its tags", async () => {
  const { directory, originDirectory, refs } = await createSampleRepository({ directory: join(root, "postd") })
  expect(git(directory, "status", "--porcelain", "--branch")).toBe("## main...origin/main")
  expect(git(directory, "rev-parse", "HEAD")).toBe(refs["v1.2.0"])
  expect(git(originDirectory, "rev-parse", "main")).toBe(refs["v1.2.0"])
  expect(git(originDirectory, "tag").split("\n")).toEqual(["v1.0.0", "v1.1.0", "v1.2.0"])
  for (const version of ["1.0.0", "1.1.0", "1.2.0"]) {
    expect(git(directory, "show", `v${version}:package.json`)).toContain(`"version": "${version}"`)
  }
  expect(git(directory, "ls-files", ".env.production")).toBe(".env.production")
})

test("an origin that got lost is made again", async () => {
  const { originDirectory, directory, refs } = await createSampleRepository({ directory: join(root, "postd") })
  await rm(originDirectory, { recursive: true })
  await createSampleRepository({ directory })
  expect(git(originDirectory, "rev-parse", "v1.1.0^{commit}")).toBe(refs["v1.1.0"])
})

test("a folder with something else in it is left alone", async () => {
  await writeFile(join(root, "mine.txt"), "mine")
  await expect(createSampleRepository({ directory: root })).rejects.toThrow()
  expect(git(root, "hash-object", "mine.txt")).not.toBe("")
})
