import { execFile } from "node:child_process"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const run = promisify(execFile)
const NAMED = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
let source: Awaited<ReturnType<typeof makeRepository>>
beforeAll(async () => {
  source = await makeRepository({ "a.txt": "one\n", "b.txt": "one\n", "c.txt": "one\n" })
})
afterAll(() => source.remove())

/** A clone of its own, in which git is asked for things. */
async function clone(name: string, ...options: string[]) {
  const directory = join(source.root, name)
  await run("git", ["clone", "--quiet", ...options, source.origin, directory])
  const git = async (...args: string[]) => (await run("git", ["-C", directory, ...NAMED, ...args])).stdout.trim()
  const check = (config: Record<string, unknown>) => tryCheck("git", { repository: directory, ...config })
  return { directory, git, check, write: (file: string, text: string) => writeFile(join(directory, file), text) }
}

describe("a working folder", () => {
  test("says what is modified, staged, new, renamed and deleted", async () => {
    const { git, check, write } = await clone("dirty")
    await write("a.txt", "two\n")
    await write("b.txt", "two\n")
    await write('né "w".txt', "new\n")
    await git("add", "b.txt")
    await git("mv", "c.txt", "d.txt")
    expect(said(await check({ expect: { clean: true } }))).toEqual([
      'bad Working folder: clean / a.txt (modified), b.txt (modified, staged), d.txt (renamed, staged), né "w".txt (unknown to git)',
    ])
    expect((await check({ expect: { clean: false } })).outcome).toBe("passed")
    await git("reset", "--quiet", "--hard")
    await rm(join(source.root, "dirty", "b.txt"))
    await git("add", "--intent-to-add", 'né "w".txt')
    const result = await check({ expect: { clean: true } })
    expect(result.summary).toContain("b.txt (deleted)")
    expect(result.summary).toContain("(added)")
  })

  test("says what is in conflict, in the middle of a merge", async () => {
    const { git, check, write } = await clone("conflict")
    await git("checkout", "--quiet", "-b", "other")
    await write("a.txt", "theirs\n")
    await git("commit", "--quiet", "-am", "Theirs")
    await git("checkout", "--quiet", "main")
    await write("a.txt", "ours\n")
    await git("commit", "--quiet", "-am", "Ours")
    await git("merge", "other").catch(() => "")
    expect(said(await check({ expect: { clean: true } }))).toEqual(["bad Working folder: clean / a.txt (in conflict)"])
  })

  test("is not changed by being looked at, and ignored files do not count", async () => {
    const { git, check, write, directory } = await clone("looked-at")
    await write(".git/info/exclude", "*.log\n")
    await write("x.log", "x")
    await run("touch", [join(directory, "a.txt")])
    const index = () => run("sha256sum", [join(directory, ".git/index")])
    const before = [await index(), await git("count-objects")]
    expect((await check({ expect: { clean: true, pushed: true, behind: 0 } })).outcome).toBe("passed")
    expect([await index(), await git("count-objects")]).toEqual(before)
  })

  test("of a linked worktree is its own", async () => {
    const { git, directory } = await clone("with-worktree")
    await git("worktree", "add", "--quiet", "-b", "side", join(source.root, "linked"))
    await writeFile(join(source.root, "linked", "a.txt"), "two\n")
    const linked = (wanted: object) => tryCheck("git", { repository: join(source.root, "linked"), expect: wanted })
    expect(said(await linked({ clean: true, branch: "side" }))).toEqual([
      "bad Working folder: clean / a.txt (modified)",
      "ok Branch: side / side",
    ])
    expect((await tryCheck("git", { repository: directory, expect: { clean: true, branch: "main" } })).outcome).toBe(
      "passed",
    )
  })
})

describe("a branch", () => {
  test("that others have pushed to is behind; one with commits of its own is not pushed", async () => {
    const { git, check } = await clone("behind")
    expect(said(await check({ expect: { behind: 0 } }))).toEqual([
      "ok What is checked out is behind origin: by nothing / by nothing",
    ])
    const before = await git("for-each-ref")
    await source.commit({ "a.txt": "more\n" })
    await source.commit({ "a.txt": "and more\n" })
    await source.git("push", "--quiet", "origin", "main")
    expect(said(await check({ ref: "main", expect: { behind: 0 } }))).toEqual([
      "bad main is behind origin: by nothing / by 2 commits of main",
    ])
    expect((await check({ ref: "main", expect: { behind: 2, branch: "main", pushed: true } })).outcome).toBe("passed")
    expect(await git("for-each-ref")).toBe(before)
    await git("commit", "--quiet", "--allow-empty", "-m", "Mine")
    expect(said(await check({ expect: { pushed: true, behind: 1 } }))).toEqual([
      "bad HEAD is pushed: part of a branch of origin / part of no branch of origin",
      "bad What is checked out is behind origin: by 1 commit at most / by 2 commits of main",
    ])
  })

  test("may be missing, and may not be what is checked out", async () => {
    const { git, check } = await clone("detached")
    await git("checkout", "--quiet", "--detach")
    expect(said(await check({ expect: { branch: "main" } }))).toEqual(["bad Branch: main / none, HEAD is detached"])
    expect(said(await check({ expect: { behind: 0 } }))).toEqual([
      "bad What is checked out is behind origin: by nothing / it is no branch, and none is named",
    ])
    await git("checkout", "--quiet", "-b", "alone")
    expect(said(await check({ expect: { behind: 0 } }))).toEqual([
      "bad What is checked out is behind origin: by nothing / origin has no branch alone",
    ])
    expect(said(await check({ expect: { branch: "main" } }))).toEqual(["bad Branch: main / alone"])
    await git("remote", "remove", "origin")
    expect((await check({ ref: "main", expect: { behind: 0 } })).summary).toContain("there is no remote called origin")
  })

  test("of a bare repository, and none at all", async () => {
    const bare = { repository: source.origin, ref: "main", expect: { behind: 0, pushed: true, clean: true } }
    expect((await tryCheck("git", bare)).outcome).toBe("passed")
    const empty = join(source.root, "empty")
    await mkdir(empty)
    await run("git", ["init", "--quiet", empty])
    const look = (wanted: object) => tryCheck("git", { repository: empty, expect: wanted })
    expect(await look({ branch: "main" })).toMatchObject({
      ...{ outcome: "errored", summary: "The repository has no commit yet" },
    })
    expect((await look({ clean: true })).outcome).toBe("passed")
    expect((await tryCheck("git", { repository: empty, ref: "main", expect: { behind: 0 } })).summary).toContain(
      "it does not exist",
    )
  })

  test("of a remote on the network is not asked for, unless the environment is about it", async () => {
    const { git, check, directory } = await clone("network")
    await git("remote", "set-url", "origin", "https://127.0.0.1:1/x.git")
    const config = { repository: directory, expect: { pushed: true } }
    expect(await check(config)).toMatchObject({
      outcome: "errored",
      summary: expect.stringContaining("own repository"),
    })
    expect((await tryCheck("git", config, { repository: directory })).summary).toContain("127.0.0.1")
    await git("remote", "set-url", "origin", "../origin.git")
    expect((await check({ ref: source.first, expect: { pushed: true } })).outcome).toBe("passed")
  })
})

describe("a commit", () => {
  test("with a tag and without", async () => {
    const { git, check } = await clone("tagged")
    expect(said(await check({ expect: { tagged: true } }))).toEqual(["bad HEAD has a tag: a tag points to it / none"])
    await git("tag", "v1")
    await git("tag", "-a", "v1.0", "-m", "One")
    expect(said(await check({ ref: "main", expect: { tagged: true } }))).toEqual([
      "ok main has a tag: a tag points to it / v1, v1.0",
    ])
    expect((await check({ ref: "v9", expect: { tagged: true, signed: true, behind: 0 } })).outcome).toBe("failed")
  })

  test("that is signed, by whom is known and by whom is not", async () => {
    const { git, check } = await clone("signed")
    const key = join(source.root, "key")
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "tess", "-f", key])
    const { stdout: line } = await run("cat", [`${key}.pub`])
    expect(said(await check({ expect: { signed: true } }))).toEqual([
      "bad HEAD is signed: by somebody who is trusted / not at all",
    ])
    const ssh = ["-c", "gpg.format=ssh", "-c", `user.signingKey=${key}`]
    await git(...ssh, "commit", "--quiet", "--allow-empty", "-S", "-m", "Signed")
    const signers = [`tess@example.com ${line.trim()}`]
    expect(said(await check({ expect: { signed: true }, signers }))).toEqual([
      "ok HEAD is signed: by somebody who is trusted / by tess@example.com",
    ])
    const others = [`ann@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE0uVSxWZCvpqkvFJXkVpWyfEtJwNJmNlSGTd0PyvsvX`]
    for (const trusted of [others, undefined]) {
      const result = await check({ expect: { signed: true }, ...(trusted ? { signers: trusted } : {}) })
      expect(result.outcome).toBe("failed")
      expect(result.summary).toMatch(/signature that cannot be looked at|not trusted|not known here/)
    }
    expect((await check({ expect: { signed: false } })).outcome).toBe("passed")
  })
})
