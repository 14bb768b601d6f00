import { randomBytes, randomUUID } from "node:crypto"
import { readdirSync } from "node:fs"
import { request as httpRequest } from "node:http"
import { tmpdir } from "node:os"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { ReleaseState } from "@/lib/domain/release/state"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { databasePool, prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { ask, bearer, endless, serve } from "./call-route.fixture"
import { POST as addFile } from "./releases/[id]/checklist/[itemKey]/files/route"
import { GET as readFile } from "./releases/[id]/evidence/[evidenceId]/file/route"
import { GET as readEvidence } from "./releases/[id]/evidence/[evidenceId]/route"

const GB = 1024 ** 3
const MAX_BYTES = 25_000_000

let world: ConsoleWorld
let itemKey: string
let everything: string
let ci: string
let id: string
beforeAll(async () => {
  world = await consoleWorld()
  itemKey = world.playbook.checklist.groups[0]?.items[0]?.key ?? ""
  everything = await bearer(world.ctx("tech_lead").person?.id, ["read", "evidence:write"])
  ci = await bearer(world.ctx("devops").person?.id, ["evidence:write"])
  id = await world.release()
})
afterAll(closeConsole)

const text = { "content-type": "text/plain" }
const send = (body: unknown, query: Record<string, string>, more: Partial<Parameters<typeof ask>[1]> = {}) =>
  ask(addFile, { authorization: ci, params: { id, itemKey }, method: "POST", body, query, headers: text, ...more })
const counts = async () => [
  await prisma.evidence.count(),
  await prisma.evidenceFile.count(),
  await prisma.evidenceFileChunk.count(),
]
const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith("golive-upload-"))
async function sent(body: unknown, query: Record<string, string>, more: Partial<Parameters<typeof ask>[1]> = {}) {
  const response = await send(body, query, more)
  const answer = await response.json()
  expect(response.status, JSON.stringify(answer)).toBe(201)
  return answer as { release: ReleaseState; result: { evidenceId: string; decided: boolean; sha256: string } }
}
const download = (evidenceId: string, releaseId = id) =>
  ask(readFile, { authorization: everything, params: { id: releaseId, evidenceId } })

describe.each(["postgres", "disk"])("a file, kept in %s", (store) => {
  beforeAll(() => {
    process.env.EVIDENCE_STORE = store
    forgetEnv()
  })
  afterAll(() => {
    delete process.env.EVIDENCE_STORE
    forgetEnv()
  })

  test("comes back byte by byte, to be saved and never shown", async () => {
    const bytes = Buffer.concat([
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>'),
      Buffer.alloc(900_000, store),
    ])
    const headers = { "content-type": "image/svg+xml" }
    const { release, result } = await sent(bytes, { name: "../Prüfung 'α' 🚀.svg" }, { headers })
    expect(result).toMatchObject({ decided: false, sha256: sha256Hex(bytes), sizeBytes: bytes.length })
    expect(release.items[itemKey]?.attachments.at(-1)).toMatchObject({
      kind: "file",
      summary: "File Prüfung 'α' 🚀.svg",
    })
    const response = await download(result.evidenceId)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-disposition": `attachment; filename="Pr_fung '_' _.svg"; filename*=UTF-8''Pr%C3%BCfung%20%27%CE%B1%27%20%F0%9F%9A%80.svg`,
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
      "content-length": String(bytes.length),
      etag: `"${sha256Hex(bytes)}"`,
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    const evidence = await ask(readEvidence, {
      authorization: everything,
      params: { id, evidenceId: result.evidenceId },
    })
    expect(await evidence.json()).toMatchObject({
      intact: true,
      blocks: [{ type: "file", mediaType: "image/svg+xml" }],
    })
  })

  test("decides the item with an outcome", async () => {
    const query = { name: "report.txt", outcome: "passed", summary: "The report", revision: "0" }
    const one = await world.release()
    const { release, result } = await sent(`report in ${store}`, query, { params: { id: one, itemKey } })
    expect(result.decided).toBe(true)
    expect(release.items[itemKey]).toMatchObject({ state: "passed", evidence: { kind: "file", summary: "The report" } })
    const [, files] = await counts()
    const stale = await send(`report anew in ${store}`, query, { params: { id: one, itemKey } })
    expect(stale.status).toBe(409)
    expect((await counts())[1]).toBe(files)
    expect(await verifyChain(one)).toMatchObject({ ok: true })
  })

  test("brought twice at once is kept once, and is evidence twice", async () => {
    const bytes = randomBytes(700_000)
    const headers = { "content-type": "application/gzip" }
    const body = gzipSync(bytes)
    const before = await counts()
    const [one, two] = await Promise.all([
      sent(body, { name: "a.gz" }, { headers }),
      sent(body, { name: "b.gz" }, { headers }),
    ])
    expect(one.result.sha256).toBe(two.result.sha256)
    const after = await counts()
    expect([(after[0] ?? 0) - (before[0] ?? 0), (after[1] ?? 0) - (before[1] ?? 0)]).toEqual([2, 1])
  })

  test("of 1 GB is refused without being read, in bounded memory", async () => {
    const before = await counts()
    const { stream, taken } = endless(GB)
    const heldBytes = process.memoryUsage().rss
    const response = await send(stream, { name: "huge.log" })
    expect(response.status).toBe(413)
    expect(response.headers.get("connection")).toBe("close")
    expect(await response.json()).toMatchObject({ code: "too_large", maxBytes: MAX_BYTES })
    expect(taken.bytes).toBeLessThan(MAX_BYTES + 200_000)
    expect(process.memoryUsage().rss - heldBytes).toBeLessThan(150_000_000)
    const announced = endless(GB)
    const early = await send(
      announced.stream,
      { name: "huge.log" },
      { headers: { ...text, "content-length": String(GB) } },
    )
    expect(early.status).toBe(413)
    expect(announced.taken.bytes).toBe(0)
    expect(await counts()).toEqual(before)
    expect(spools()).toEqual([])
  })

  test("that is damaged breaks its download off, and is not intact", async () => {
    const { result } = await sent(`about to be damaged in ${store}`, { name: "a.txt" })
    await damage(store, result.sha256)
    const response = await download(result.evidenceId)
    await expect(response.text()).rejects.toThrow()
    const evidence = await ask(readEvidence, {
      authorization: everything,
      params: { id, evidenceId: result.evidenceId },
    })
    expect(await evidence.json()).toMatchObject({ intact: false })
    expect((await verifyChain(id)).faults.map(({ kind }) => kind)).toContain("evidence")
    id = await world.release()
  })
})

async function damage(store: string, sha256: string): Promise<void> {
  if (store === "disk") {
    const { env } = await import("@/lib/server/env")
    const { writeFile } = await import("node:fs/promises")
    return writeFile(`${env().EVIDENCE_DIR}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`, "damaged")
  }
  await databasePool().query(`ALTER TABLE "EvidenceFileChunk" DISABLE TRIGGER USER`)
  await databasePool().query(`UPDATE "EvidenceFileChunk" SET bytes = 'damaged' WHERE sha256 = $1`, [sha256])
  await databasePool().query(`ALTER TABLE "EvidenceFileChunk" ENABLE TRIGGER USER`)
}

describe("what is refused", () => {
  let before: number[]
  beforeEach(async () => {
    before = await counts()
  })

  test.each<[string, unknown, Record<string, string>, Record<string, string>, string]>([
    ["nothing at all", undefined, { name: "a.txt" }, text, "file"],
    ["an empty file", "", { name: "a.txt" }, text, "file"],
    ["no name", "x", {}, text, "name"],
    ["a name of 300 characters", "x", { name: `${"x".repeat(296)}.txt` }, text, "name"],
    ["a name that turns around", "x", { name: "shot\u202egnp.txt" }, text, "name"],
    ["a name of a device", "x", { name: "CON" }, text, "name"],
    ["a name with quotes", "x", { name: 'a".txt' }, text, "name"],
    ["a name that is a folder", "x", { name: ".." }, text, "name"],
    ["a program", "MZ", { name: "setup.exe" }, { "content-type": "application/x-msdownload" }, "contentType"],
    [
      "a program called .png",
      Buffer.from("MZ\x90\0\x03"),
      { name: "a.png" },
      { "content-type": "image/png" },
      "contentType",
    ],
    ["a form", "a=1", { name: "a.txt" }, { "content-type": "application/x-www-form-urlencoded" }, "contentType"],
    ["HTML called .pdf", "<html>", { name: "a.pdf" }, { "content-type": "application/pdf" }, "contentType"],
    ["an outcome that is none", "x", { name: "a.txt", outcome: "waived" }, text, "outcome"],
    ["an instant that is none", "x", { name: "a.txt", at: "-1" }, text, "at"],
    ["the future", "x", { name: "a.txt", at: "2190-01-01T00:00:00Z" }, text, "at"],
    ["a field that nobody knows", "x", { name: "a.txt", __proto__x: "1" }, text, "__proto__x"],
    ["a prototype", "x", JSON.parse('{"name":"a.txt","__proto__":"1"}'), text, "__proto__"],
  ])("%s: by its field, and leaves nothing", async (_, body, query, headers, field) => {
    const response = await send(body, query, { headers })
    const answer = await response.json()
    expect(response.status, JSON.stringify(answer)).toBe(422)
    expect(answer.errors[0].field).toBe(field)
    expect(await counts()).toEqual(before)
  })

  test("is not read when it would be refused anyway", async () => {
    const { stream, taken } = endless(GB)
    const response = await send(stream, { name: "a.txt" }, { params: { id, itemKey: "no-such-item" } })
    expect(response.status).toBe(404)
    expect(response.headers.get("connection")).toBe("close")
    expect(taken.bytes).toBe(0)
    const authorization = await bearer(world.ctx("tech_lead").person?.id, ["read", "checklist:write"])
    const other = endless(GB)
    expect((await send(other.stream, { name: "a.txt" }, { authorization })).status).toBe(403)
    expect(other.taken.bytes).toBe(0)
    const png = endless(GB)
    expect((await send(png.stream, { name: "a.png" }, { headers: { "content-type": "image/png" } })).status).toBe(422)
    expect(png.taken.bytes).toBeLessThan(200_000)
    expect(await counts()).toEqual(before)
  })

  test("a download of another release's file, of other evidence, and of nothing", async () => {
    const { result } = await sent("mine", { name: "a.txt" })
    expect((await download(result.evidenceId)).status).toBe(200)
    expect((await download(result.evidenceId, await world.release())).status).toBe(404)
    expect((await download(randomUUID())).status).toBe(404)
    expect((await download("' OR 1=1 --")).status).toBe(404)
    const other = { releaseId: id, subject: itemKey, kind: "text", blocks: [], sha256: "", resultHash: "" }
    const { id: words } = await prisma.evidence.create({ data: { id: randomUUID(), ...other } })
    expect((await download(words)).status).toBe(404)
    const asking = { authorization: ci, params: { id, evidenceId: result.evidenceId } }
    expect((await ask(readFile, asking)).status).toBe(403)
  })
})

describe("an upload with a key", () => {
  test("has one effect, one answer, and no second meaning", async () => {
    const headers = { ...text, "idempotency-key": randomUUID() }
    const before = await prisma.evidence.count()
    const first = await sent("once", { name: "a.txt" }, { headers })
    expect(await sent("once", { name: "a.txt" }, { headers })).toEqual(first)
    expect((await send("another", { name: "a.txt" }, { headers })).status).toBe(409)
    expect((await send("once", { name: "b.txt" }, { headers })).status).toBe(409)
    const { stream } = endless(GB)
    expect((await send(stream, { name: "a.txt" }, { headers })).status).toBe(409)
    expect(await prisma.evidence.count()).toBe(before + 1)
  })

  test("lets one of many at once through, and a refused one try again", async () => {
    const headers = { ...text, "idempotency-key": randomUUID() }
    expect((await send("", { name: "a.txt" }, { headers })).status).toBe(422)
    const before = await prisma.evidence.count()
    const answers = await Promise.all(Array.from({ length: 5 }, () => send("many", { name: "a.txt" }, { headers })))
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(await prisma.evidence.count()).toBe(before + 1)
  })
})

describe("over a real connection", () => {
  test("1 GB is refused while it is sent, and the rest is never read", async () => {
    const server = await serve(addFile, { id, itemKey })
    try {
      let written = 0
      const status = await new Promise<number>((resolve, reject) => {
        const path = "/api/v1/files?name=huge.log"
        const headers = { authorization: ci, "content-type": "text/plain" }
        const request = httpRequest(
          { port: server.port, host: "127.0.0.1", method: "POST", path, headers },
          (response) => {
            response.resume()
            resolve(response.statusCode ?? 0)
          },
        )
        // Cut while it sends; what was answered before that counts.
        request.on("error", (error) => setTimeout(() => reject(error), 1_000))
        const piece = Buffer.alloc(256 * 1024, "a")
        const write = (): void => {
          while (written < GB && !request.destroyed) {
            written += piece.length
            if (!request.write(piece)) {
              request.once("drain", write)
              return
            }
          }
          request.end()
        }
        write()
      })
      expect(status).toBe(413)
      expect(written).toBeLessThan(2 * MAX_BYTES)
    } finally {
      await server.close()
    }
  })

  test("an upload whose sender goes away half-way leaves nothing", async () => {
    const before = await counts()
    const server = await serve(addFile, { id, itemKey })
    try {
      const path = "/api/v1/files?name=half.log"
      const headers = { authorization: ci, "content-type": "text/plain", "content-length": "2000000" }
      const request = httpRequest({ port: server.port, host: "127.0.0.1", method: "POST", path, headers })
      request.on("error", () => undefined)
      request.write(Buffer.alloc(1_000_000, "a"))
      await new Promise((resolve) => setTimeout(resolve, 200))
      request.destroy()
      await new Promise((resolve) => setTimeout(resolve, 300))
    } finally {
      await server.close()
    }
    expect(await counts()).toEqual(before)
    expect(spools()).toEqual([])
  })

  test("a file of the largest size goes in and out", async () => {
    const bytes = Buffer.alloc(MAX_BYTES, "0123456789abcdef\n")
    const server = await serve(addFile, { id, itemKey })
    let evidenceId = ""
    try {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/files?name=full.log`, {
        method: "POST",
        headers: { authorization: ci, "content-type": "text/plain" },
        body: bytes,
      })
      expect(response.status).toBe(201)
      evidenceId = (await response.json()).result.evidenceId
    } finally {
      await server.close()
    }
    const downloads = await serve(readFile, { id, evidenceId })
    try {
      const response = await fetch(`http://127.0.0.1:${downloads.port}/`, { headers: { authorization: everything } })
      expect(sha256Hex(Buffer.from(await response.arrayBuffer()))).toBe(sha256Hex(bytes))
    } finally {
      await downloads.close()
    }
    expect((await readReleaseState(id)).items[itemKey]?.attachments.map(({ id: one }) => one)).toContain(evidenceId)
  })
})
