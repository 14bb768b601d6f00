import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { runProcess } from "@/lib/server/process/run-process"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import type { FlagPorts } from "../contract"
import { envFileConfigSchema } from "./definition"
import { createFlag } from "./provider"

let root: string
let path: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-env-file-"))
  path = join(root, "shop", ".env")
  await mkdir(join(root, "shop"))
  await writeFile(path, '# shop\nOTHER=1\nexport FLAG = "true" \nFLAGGED=true')
})
afterEach(() => rm(root, { recursive: true, force: true }))

function flag(change: Record<string, unknown> = {}, more: Partial<FlagPorts> = {}) {
  return createFlag(
    { path, name: "FLAG", ...change },
    {
      ...{ platform: createPlatformRequest({ allowPrivateNetwork: true }), runProcess },
      ...{ workDirectory: join(root, "work"), signal: new AbortController().signal, log: () => {} },
      ...more,
    },
  )
}
const text = () => readFile(path, "utf8")

describe("the file", () => {
  test("the line is changed and nothing else, with the file's owner and rights, and nothing is left beside it", async () => {
    // Only root may give files away; for others it is their own before and after.
    const { uid } = await stat(path)
    const owner = uid === 0 ? 4_242 : uid
    await chown(path, owner, (await stat(path)).gid)
    await chmod(path, 0o666)
    expect(await flag().state()).toEqual({ on: true })
    for (const _ of [1, 2]) expect(await flag().set(false, "x")).toEqual({ on: false })
    expect(await text()).toBe("# shop\nOTHER=1\nexport FLAG =false\nFLAGGED=true")
    // More than this process's umask would leave.
    const after = await stat(path)
    expect([after.mode & 0o777, after.uid]).toEqual([0o666, owner])
    expect(await readdir(join(root, "shop"))).toEqual([".env"])
  })

  test("a variable that is not there is what the settings say, and is added", async () => {
    const settings = { name: "NEW", missingIs: "on", onValue: "1", offValue: "$0" }
    expect(await flag(settings).state()).toEqual({ on: true })
    expect(await flag(settings).set(true, "x")).toEqual({ on: true })
    expect(await text()).not.toContain("NEW")
    expect(await flag(settings).set(false, "x")).toEqual({ on: false })
    expect(await text()).toContain("FLAGGED=true\nNEW=$0\n")
  })

  test.each([
    ["FLAG=true # since May", true, "FLAG=false"],
    ["FLAG='true'#x\r\nB=1\r\n", true, "FLAG=false\r\nB=1\r\n"],
    ["FLAG=false\nFLAG=true\n", true, "FLAG=false\nFLAG=false\n"],
    ["FLAG=true\nFLAG=false\n", false, "FLAG=true\nFLAG=false\n"],
    ["#FLAG=true\nMY_FLAG=true\n", false, "#FLAG=true\nMY_FLAG=true\n"],
  ])("%j is read as its readers do", async (before, on, after) => {
    await writeFile(path, before)
    expect(await flag().state()).toEqual({ on })
    expect(await flag().set(false, "x")).toEqual({ on: false })
    expect(await text()).toBe(after)
  })

  test("a value that is neither is not called off, not shown, and replaced", async () => {
    await writeFile(path, "FLAG=hunter2\n")
    const words = await flag()
      .state()
      .then(() => "told", String)
    expect(words).toContain("sets FLAG to neither of its two values")
    expect(words).not.toContain("hunter2")
    expect(await flag().set(false, "x")).toEqual({ on: false })
    expect(await text()).toBe("FLAG=false\n")
  })

  test("a link keeps leading to the file", async () => {
    const link = join(root, "linked")
    await symlink(path, link)
    expect(await flag({ path: link }).set(false, "x")).toEqual({ on: false })
    expect((await lstat(link)).isSymbolicLink()).toBe(true)
    expect(await text()).toContain("FLAG =false")
  })

  test("many that write at the same time lose nothing of each other", async () => {
    const names = Array.from({ length: 12 }, (_, n) => `F${n}`)
    await writeFile(path, names.map((name) => `${name}=true\n`).join(""))
    await Promise.all(names.map((name) => flag({ name }).set(false, "x")))
    expect(await text()).toBe(names.map((name) => `${name}=false\n`).join(""))
  })

  test("its readers never see half of it", async () => {
    const rest = `REST=${"x".repeat(200_000)}\n`
    await writeFile(path, `FLAG=true\n${rest}`)
    let isWriting = true
    const seen = new Set<string>()
    const reader = (async () => {
      while (isWriting) seen.add(await text())
    })()
    for (let n = 0; n < 20; n += 1) await flag().set(n % 2 === 1, "x")
    isWriting = false
    await reader
    for (const one of seen) expect([`FLAG=true\n${rest}`, `FLAG=false\n${rest}`].includes(one)).toBe(true)
  })

  test("a draft that somebody left is taken away; one that somebody writes is waited for until it is enough", async () => {
    const draft = `${path}.golive-draft`
    await writeFile(draft, "half")
    const minuteAgo = new Date(Date.now() - 60_000)
    await utimes(draft, minuteAgo, minuteAgo)
    expect(await flag().set(false, "x")).toEqual({ on: false })
    await writeFile(draft, "half")
    const signal = AbortSignal.timeout(150)
    await expect(flag({}, { signal }).set(true, "x")).rejects.toThrow("aborted due to timeout")
    expect(await readFile(draft, "utf8")).toBe("half")
    expect(await text()).toContain("FLAG =false")
  })

  test("what cannot be read or written is said", async () => {
    await expect(flag({ path: join(root, "gone") }).set(true, "x")).rejects.toThrow("cannot be read (ENOENT)")
    await expect(flag({ path: root }).set(true, "x")).rejects.toThrow("cannot be read (EISDIR)")
    expect(() => flag({ path: "relative" })).toThrow("absolute")
    expect(() => flag({ onValue: "a\nB=1" })).toThrow("must hold no spaces")
    expect(() => flag({ onValue: "false" })).toThrow("must be another value")
  })
})

describe("the reload", () => {
  const reload = ["sh", "-c", "echo again >> reloads"]

  test("a program is run, also when it stood there already", async () => {
    for (const _ of [1, 2]) await flag({ reload }).set(false, "x")
    expect(await readFile(join(root, "shop", "reloads"), "utf8")).toBe("again\nagain\n")
  })

  test.each([
    ["it fails", ["sh", "-c", "exit 3"], "sh ended with exit code 3"],
    ["it is not there", ["golive-no-such-program"], "golive-no-such-program"],
    ["it takes too long", ["sleep", "30"], "sleep took longer than 0.2 s"],
  ])("where %s, the flag is not done, however often it is asked for", async (_, argv, words) => {
    const settings = { reload: argv, reloadTimeoutMs: 200 }
    await expect(flag(settings).set(false, "x")).rejects.toThrow(
      /^The file says so now, but the service was not made to read it: /,
    )
    await expect(flag(settings).set(false, "x")).rejects.toThrow(words)
    expect(await text()).toContain("FLAG =false")
    expect(await flag(settings).state()).toEqual({ on: true })
    expect(await flag({ reload }).set(false, "x")).toEqual({ on: false })
    expect(await flag({ reload }).state()).toEqual({ on: false })
  })

  test("a worker that ends between the file and the reload leaves it to be done", async () => {
    const stop = new AbortController()
    const waiting = flag({ reload: ["sh", "-c", "touch ready; sleep 30"] }, { signal: stop.signal }).set(false, "x")
    const ended = expect(waiting).rejects.toThrow("gone")
    await expect.poll(() => readdir(join(root, "shop"))).toContain("ready")
    stop.abort(new Error("gone"))
    await ended
    expect(await text()).toContain("FLAG =false")
    expect(await flag({ reload }).state()).toEqual({ on: true })
    // Where the file was changed by somebody else since, it says what is so.
    await writeFile(path, "FLAG=true\n")
    expect(await flag({ reload }).state()).toEqual({ on: true })
  })

  test("a file that could not be written is not told as turned", async () => {
    // As a folder it is in the way of any draft, and too young to have been left behind.
    await mkdir(`${path}.golive-draft`)
    const signal = AbortSignal.timeout(150)
    await expect(flag({ reload }, { signal }).set(false, "x")).rejects.toThrow("aborted due to timeout")
    expect(await flag({ reload }).state()).toEqual({ on: true })
  })

  test("a request does it too, with what goes wrong in words and without its token", async () => {
    const asked: string[] = []
    let status = 204
    const service = await startAnswering((req, res) => {
      asked.push(`${req.method} ${req.url} ${req.headers.authorization}`)
      res.writeHead(status).end(status === 204 ? undefined : '{"detail":"tok-12345678 may not"}')
    })
    try {
      const headers = { Authorization: "Bearer tok-12345678" }
      const settings = { reloadRequest: { url: service.url("/reload"), headers } }
      expect(await flag(settings).set(false, "x")).toEqual({ on: false })
      expect(asked).toEqual(["POST /reload Bearer tok-12345678"])
      status = 403
      await expect(flag(settings).set(true, "x")).rejects.toThrow(
        `not made to read it: 127.0.0.1:${service.port} does not let this token do it (403): (hidden) may not`,
      )
      expect(await flag(settings).state()).toEqual({ on: false })
    } finally {
      await service.close()
    }
  })

  test("a program or a request, not both", () => {
    const both = { path: "/x", name: "X", reload, reloadRequest: { url: "http://127.0.0.1/" } }
    expect(envFileConfigSchema.safeParse(both).error?.issues[0]?.path).toEqual(["reloadRequest"])
  })
})
