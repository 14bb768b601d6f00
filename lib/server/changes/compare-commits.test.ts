import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { compareCommits, MOST_COMMITS } from "./compare-commits"

const { signal } = new AbortController()
let source: Awaited<ReturnType<typeof makeRepository>>
let root: string
beforeEach(async () => {
  source = await makeRepository({ "package.json": "{}", "src/a.ts": "1" })
  root = await mkdtemp(join(tmpdir(), "golive-changes-"))
})
afterEach(async () => {
  await source.remove()
  await rm(root, { recursive: true, force: true })
})

const compare = (from: string, to: string, repository = source.directory) =>
  compareCommits({ repository, from, to, root, signal })

test("commits, authors, folders and migrations between two commits", async () => {
  await source.commit({ "src/a.ts": "2" }, "Fix the price\n\nCo-authored-by: Ada Pair <ada@example.com>")
  await source.commit({
    "prisma/migrations/1_add/migration.sql": "CREATE TABLE a ();",
    "prisma/migrations/2_drop/migration.sql": "ALTER TABLE a DROP COLUMN b;",
    "src/ü ñ/odd\tname\n.ts": "1",
  })
  await source.git(
    "-c",
    "user.name=Bob Other",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    "Second\u001f, with \"signs\" | 'x'",
  )
  const to = await source.git("rev-parse", "HEAD")
  const found = await compare(source.first, to)
  expect(found).toMatchObject({ straight: true, onlyInFrom: 0, commitCount: 3, fileCount: 4, url: null })
  expect(found.commits.map(({ subject }) => subject)).toEqual([
    "Second\u001f, with \"signs\" | 'x'",
    "Change",
    "Fix the price",
  ])
  expect(found.commits[2]).toMatchObject({ author: "Tess Test", coAuthors: ["Ada Pair"] })
  expect(found.authors).toEqual([
    { name: "Tess Test", commits: 2 },
    { name: "Bob Other", commits: 1 },
  ])
  expect(found.folders).toEqual([
    { path: "prisma", files: 2 },
    { path: "src", files: 2 },
  ])
  expect(found.migrations).toEqual([
    { path: "prisma/migrations/1_add/migration.sql", change: "added", safe: true, why: null },
    {
      ...{ path: "prisma/migrations/2_drop/migration.sql", change: "added", safe: false },
      why: expect.stringContaining("it drops"),
    },
  ])
  expect(await readdir(root)).toHaveLength(1)
})

test("a migration that was changed or taken away after it was live", async () => {
  const from = await source.commit({ "db/migrations/1.sql": "CREATE TABLE a ();", "db/migrations/2.sql": "SELECT 1" })
  await source.git("rm", "--quiet", "db/migrations/2.sql")
  const to = await source.commit({ "db/migrations/1.sql": "CREATE TABLE a (b INT);" })
  expect((await compare(from, to)).migrations.map(({ change, safe }) => [change, safe])).toEqual([
    ["changed", false],
    ["removed", false],
  ])
})

test("not a straight line: what is live and not in the release is counted", async () => {
  await source.git("checkout", "--quiet", "-b", "hotfix")
  const live = await source.commit({ "src/hot.ts": "1" })
  await source.git("checkout", "--quiet", "main")
  const next = await source.commit({ "src/b.ts": "1" })
  expect(await compare(live, next)).toMatchObject({ straight: false, onlyInFrom: 1, commitCount: 1 })
  // Merged, it is in.
  await source.git("merge", "--quiet", "--no-edit", "hotfix")
  const merged = await source.git("rev-parse", "HEAD")
  expect(await compare(live, merged)).toMatchObject({ straight: true, onlyInFrom: 0, commitCount: 2 })
  expect(await compare(merged, live)).toMatchObject({ straight: false, onlyInFrom: 2, commitCount: 0 })
})

test("histories that share nothing", async () => {
  await source.git("checkout", "--quiet", "--orphan", "new-start")
  const to = await source.commit({ "src/a.ts": "all new" })
  expect(await compare(source.first, to)).toMatchObject({ straight: false, onlyInFrom: 1, commitCount: 1 })
})

test("very many commits are counted, and the newest listed", async () => {
  const lines = ["reset refs/heads/many", `from ${source.first}`]
  for (let n = 1; n <= 2_000; n += 1) {
    const subject = `Number ${n}`
    lines.push("commit refs/heads/many", `author A${n % 3} <a@example.com> ${1_700_000_000 + n} +0000`)
    lines.push(`committer C <c@example.com> ${1_700_000_000 + n} +0000`, `data ${subject.length}`, subject)
  }
  const { execFileSync } = await import("node:child_process")
  execFileSync("git", ["-C", source.directory, "fast-import", "--quiet"], { input: `${lines.join("\n")}\n` })
  const found = await compare(source.first, await source.git("rev-parse", "many"))
  expect([found.commitCount, found.commits.length]).toEqual([2_000, MOST_COMMITS])
  expect(found.commits[0]?.subject).toBe("Number 2000")
})

test("what the mirror lacks is fetched; what nobody has is said", async () => {
  await compare(source.first, source.first)
  const later = await source.commit({ "src/a.ts": "3" })
  expect((await compare(source.first, later)).commitCount).toBe(1)
  await expect(compare("0".repeat(40), later)).rejects.toThrow("The repository has no commit 000000000000.")
  await expect(compare(source.first, later, join(root, "nothing"))).rejects.toThrow("git clone")
  await expect(compare(source.first, later, "--upload-pack=touch x")).rejects.toThrow("is no repository")
})
