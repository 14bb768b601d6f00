import { randomBytes } from "node:crypto"
import { symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { stableResult } from "@/lib/checks/answer"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { checkSizeBytes, saySize } from "../size"
import { definition } from "./definition"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const NOISE = randomBytes(30_000).toString("base64")
const BUILD = `
const { mkdirSync, writeFileSync } = require("node:fs")
mkdirSync("out", { recursive: true })
writeFileSync("out/built.js", process.env.TEXT + Date.now())
console.log("built")
process.exitCode = Number(process.env.CODE ?? 0)`
let source: Awaited<ReturnType<typeof makeRepository>>
let commit: string
beforeAll(async () => {
  source = await makeRepository({
    "dist/app.js": "const a = 1\n".repeat(5_000),
    "dist/noise.js": NOISE,
    "dist/sub/style.css": "a { color: red }\n".repeat(100),
    "dist/app.js.map": "x".repeat(1_000_000),
    "build.cjs": BUILD,
  })
  await writeFile(join(source.root, "outside.js"), "outside")
  await symlink(join(source.root, "outside.js"), join(source.directory, "dist", "outside.js"))
  await symlink("/etc", join(source.directory, "dist", "etc"))
  await symlink("app.js", join(source.directory, "dist", "again.js"))
  commit = await source.commit({})
})
afterAll(() => source.remove())

const check = (config: Record<string, unknown>, options = {}) =>
  tryCheck(
    "bundle-size",
    { files: ["dist/**/*.{js,css}"], ...config },
    { repository: source.directory, commit, ...options },
  )

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length

describe("files of the checkout", () => {
  test("are measured packed, biggest first, each once and none from outside", async () => {
    const result = await check({ total: "500KB", each: "200KB" })
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    const total = gzipped(NOISE) + gzipped("const a = 1\n".repeat(5_000)) + gzipped("a { color: red }\n".repeat(100))
    expect(said(result)).toEqual([
      `ok All files gzipped: 500KB at most / ${saySize(total)} in 3 files`,
      `ok Every file gzipped: 200KB at most / dist/noise.js: ${saySize(gzipped(NOISE))}`,
    ])
    const [, metric, table] = result.blocks
    expect(metric).toMatchObject({ type: "metric", unit: "KB", limit: 500, verdict: "good" })
    expect(table).toMatchObject({ columns: ["File", "As it is", "Gzipped"] })
    const names = table?.type === "table" ? table.rows.map(([name]) => name) : []
    expect(names).toEqual(["dist/noise.js", expect.stringMatching(/dist\/(app|again)\.js/), "dist/sub/style.css"])
    expect(stableResult(await check({ total: "500KB", each: "200KB" }))).toEqual(stableResult(result))
  })

  test("over the limit are named", async () => {
    const result = await check({ total: "20KB", each: "10KB" })
    expect(said(result)).toEqual([
      expect.stringMatching(/^bad All files gzipped: 20KB at most \/ [23]\d(\.\d)? KB in 3 files$/),
      expect.stringMatching(/^bad Every file gzipped: 10KB at most \/ dist\/noise\.js: [23]\d(\.\d)? KB$/),
    ])
    expect((await check({ total: "20KB", exclude: ["**/noise.*"] })).outcome).toBe("passed")
  })

  test("with brotli, and as they are", async () => {
    expect((await check({ total: "40KB", compression: "brotli" })).summary).toMatch(/^3 files: [23]\d.* with brotli$/)
    const plain = await check({ files: ["dist/*.map"], each: "976.5KB", compression: "none" })
    expect(said(plain)).toEqual(["bad Every file as they are: 976.5KB at most / dist/app.js.map: 976.6 KB"])
    expect((await check({ files: ["dist/*.map"], each: "977KB", compression: "none" })).outcome).toBe("passed")
  })

  test("that do not exist are a failure; those outside are not looked for", async () => {
    expect(said(await check({ files: ["gone/*.js"], total: "1KB" }))).toEqual([
      "bad Files: at least one of gone/*.js / none",
    ])
    expect((await check({ files: ["dist/outside.js", "dist/etc/*"], total: "1KB" })).outcome).toBe("failed")
    for (const files of [["../*"], ["/etc/*"], ["dist/{a,../../*}"], ["!dist/x"], ["-x"]]) {
      expect(await check({ files, total: "1KB" })).toMatchObject({ outcome: "errored" })
    }
    expect(await check({ directory: "dist/etc", files: ["*"], total: "1KB" })).toMatchObject({
      ...{ outcome: "errored", summary: expect.stringContaining("leads out of the checkout") },
    })
    expect((await check({ directory: "dist", files: ["*.css", "sub/*"], total: "1KB" })).outcome).toBe("passed")
  })
})

describe("a build", () => {
  const built = (config: Record<string, unknown>, options = {}) =>
    check({ build: ["node", "build.cjs"], files: ["out/*.js"], total: "1KB", ...config }, options)

  test("makes the files, and its bytes may differ", async () => {
    const first = await built({ env: { TEXT: "short" } })
    expect(first).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(first.log).toContain("built\n")
    expect(stableResult(await built({ env: { TEXT: "short, but longer" } }))).toEqual(stableResult(first))
    expect((await built({ env: { TEXT: NOISE.slice(0, 5_000) } })).outcome).toBe("failed")
  })

  test("that fails, hangs or may not run gives no size", async () => {
    expect(said(await built({ env: { CODE: "3", TEXT: "" } }))).toEqual(["bad Build: exit code: 0 / 3"])
    expect(said(await built({ build: ["sleep", "60"], timeout: "300ms" }))).toEqual([
      "bad Build: end: within 300 ms / was not done by then and was ended",
    ])
    expect(await built({}, { allowCommands: false })).toMatchObject({
      ...{ outcome: "errored", summary: expect.stringContaining("COMMAND_CHECKS is off") },
    })
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 400)
    const stopped = await built({ build: ["sleep", "60"] }, { signal: stop.signal })
    expect(stopped).toMatchObject({ outcome: "errored", leftBehind: [] })
  })
})

test("a limit is needed, and sizes are words", () => {
  const parse = (config: object) => definition.configSchema.safeParse({ files: ["a"], ...config }).success
  expect([parse({}), parse({ total: "500KB" }), parse({ each: "1.5 MB" })]).toEqual([false, true, true])
  for (const total of ["500", "500kb", "0KB", "-1KB", "1TB", 500]) expect(parse({ total })).toBe(false)
  expect(checkSizeBytes("500KB")).toBe(512_000)
  expect([saySize(512_000), saySize(512_001), saySize(1), saySize(3 * 1_024 ** 3)]).toEqual([
    ...["500 KB", "500.1 KB", "1 B", "3 GB"],
  ])
})
