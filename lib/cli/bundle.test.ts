import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { version } from "@/package.json"
import { bundleCli } from "@/scripts/lib/bundle-cli.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "golive-bundle-"))
const path = join(folder, "golive.mjs")
beforeAll(() => bundleCli(root, path))
afterAll(() => rmSync(folder, { recursive: true }))

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"

/** The file by itself, in a folder where nothing is installed. */
function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  let out = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()))
  const ended = new Promise<{ code: number | null; out: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, out }))
  })
  return { child, ended }
}

test("is one small file that needs nothing but Node, and the same each time", async () => {
  const text = readFileSync(path, "utf8")
  expect(text.length).toBeLessThan(150_000)
  const imported = [...text.matchAll(/^import .*?from "([^"]+)"/gm)].map(([, name]) => name)
  expect(imported.length).toBeGreaterThan(0)
  expect(imported.filter((name) => !name?.startsWith("node:"))).toEqual([])
  expect(text).not.toContain("ZodType")
  await bundleCli(root, join(folder, "again.mjs"))
  expect(readFileSync(join(folder, "again.mjs"), "utf8")).toBe(text)
})

test("runs by itself", async () => {
  expect(await start(["--version"]).ended).toEqual({ code: 0, out: `golive ${version}\n` })
  expect((await start(["gate", ID]).ended).code).toBe(2)
  expect(await start(["release", "--help"]).ended).toMatchObject({
    code: 0,
    out: expect.stringContaining("golive release watch"),
  })
})

test("Ctrl-C while watching: 130 at once, and the release was only read", async () => {
  const methods = new Set<string | undefined>()
  const streams: (() => void)[] = []
  const streaming = new Promise<void>((resolve) => streams.push(resolve))
  const release = { id: ID, name: "POSTD 1.1.0", status: "deploying", lastSeq: 3, runs: {}, runOrder: [] }
  const server = await startAnswering((req, res) => {
    methods.add(req.method)
    const isStream = req.url?.includes("/stream")
    res.writeHead(200, { "content-type": isStream ? "text/event-stream" : "application/json" })
    if (!isStream)
      return res.end(JSON.stringify({ release, environment: {}, gate: {}, cursors: { log: "0", sample: "0" } }))
    res.write(": open\n\n")
    for (const opened of streams) opened()
  })
  try {
    const env = { GOLIVE_URL: server.url(), GOLIVE_TOKEN: "glv_some-token-42" }
    const { child, ended } = start(["release", "watch", ID], env)
    await streaming
    const began = performance.now()
    child.kill("SIGINT")
    const { code, out } = await ended
    expect(code).toBe(130)
    expect(out).toContain("the release goes on")
    expect(performance.now() - began).toBeLessThan(2_000)
    expect([...methods]).toEqual(["GET"])
  } finally {
    await server.close()
  }
})

test("a reader that has seen enough is no fault", async () => {
  const at = { service: { key: "postd", name: "POSTD" }, environment: { key: "production", name: "P", locked: false } }
  const counts = { items: { total: 1, done: 0 }, signoffs: { total: 1, signed: 0 } }
  const entry = {
    id: ID,
    name: "x",
    version: "1",
    status: "closed",
    ...at,
    ...counts,
    createdAt: "2026-05-01T12:00:00Z",
  }
  const server = await startAnswering((_req, res) => {
    res.writeHead(200, { "content-type": "application/json" })
    res.end(JSON.stringify({ releases: Array.from({ length: 200 }, () => entry) }))
  })
  try {
    const env = { GOLIVE_URL: server.url(), GOLIVE_TOKEN: "glv_some-token-42" }
    const { child, ended } = start(["release", "list", "--limit", "9999"], env)
    child.stdout.once("data", () => child.stdout.destroy())
    let err = ""
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()))
    expect({ code: (await ended).code, err }).toEqual({ code: 0, err: "" })
  } finally {
    await server.close()
  }
})
