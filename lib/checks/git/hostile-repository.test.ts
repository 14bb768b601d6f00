import { chmod, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let source: Awaited<ReturnType<typeof makeRepository>>
let owned: string
let trap: string
beforeAll(async () => {
  source = await makeRepository({
    "a.txt": "one\n",
    ".gitattributes": "*.txt filter=trap diff=trap merge=trap\n",
  })
  owned = join(source.root, "owned")
  trap = join(source.root, "trap.sh")
  await writeFile(trap, `#!/bin/sh\necho "$0 $*" >> '${owned}'\n`)
  await chmod(trap, 0o755)
  const hooks = join(source.directory, ".git", "hooks")
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor"]) {
    await writeFile(join(hooks, hook), `#!/bin/sh\necho ${hook} >> '${owned}'\n`)
    await chmod(join(hooks, hook), 0o755)
  }
})
afterAll(() => source.remove())

/** Settings of a repository that name a program which git would run, each put into this one. */
const SETTINGS = (program: string) => ({
  "core.fsmonitor": program,
  "core.pager": program,
  "pager.status": program,
  "core.sshCommand": program,
  "core.gitProxy": program,
  "core.askPass": program,
  "core.editor": program,
  "core.alternateRefsCommand": program,
  "filter.trap.clean": program,
  "filter.trap.smudge": program,
  "filter.trap.process": program,
  "filter.trap.required": "true",
  "diff.external": program,
  "diff.trap.textconv": program,
  "diff.trap.command": program,
  "merge.trap.driver": program,
  "gpg.program": program,
  "gpg.ssh.program": program,
  "credential.helper": `!${program}`,
  "alias.status": `!${program}`,
  "remote.origin.uploadpack": program,
  "remote.origin.proxy": "http://127.0.0.1:1",
  "uploadpack.packObjectsHook": program,
  "protocol.ext.allow": "always",
  "url.ext::trap.insteadOf": source.origin,
  "include.path": join(source.root, "more"),
})

test("nothing that a repository names as a program is run, whatever is looked at", async () => {
  await writeFile(join(source.root, "more"), `[core]\n\tfsmonitor = ${trap}\n`)
  for (const [name, value] of Object.entries(SETTINGS(trap))) await source.git("config", name, value)
  // Changed, so that git has to read it to know.
  await writeFile(join(source.directory, "a.txt"), "two\n")
  const wanted = { clean: true, branch: "main", pushed: true, behind: 0, refExists: true, tagged: false, signed: false }
  for (const ref of ["main", undefined]) {
    const result = await tryCheck("git", { repository: source.directory, ...(ref ? { ref } : {}), expect: wanted })
    expect(result.outcome, result.summary).toBe("failed")
    expect(said(result).filter((line) => line.startsWith("bad"))).toEqual([
      "bad Working folder: clean / a.txt (modified)",
    ])
  }
  const command = ["node", "--eval", "console.log(require('fs').readFileSync('a.txt', 'utf8'))"]
  const inCheckout = await tryCheck(
    "command",
    { command, expect: { stdout: { contains: "one" } } },
    { repository: source.directory, commit: source.first },
  )
  expect(inCheckout.outcome).toBe("passed")
  expect(await readdir(source.root)).not.toContain("owned")
})

test("a remote that is a program is refused", async () => {
  await source.git("config", "remote.origin.url", `ext::${trap}`)
  const config = { repository: source.directory, ref: "main", expect: { pushed: true } }
  const result = await tryCheck("git", config, { repository: source.directory })
  expect(result.outcome).toBe("errored")
  expect(await readdir(source.root)).not.toContain("owned")
})

test("the trap works: git itself falls into it", async () => {
  await source.git("status").catch(() => "")
  expect(await readdir(source.root)).toContain("owned")
})
