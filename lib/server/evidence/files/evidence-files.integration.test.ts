import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import { readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { databasePool, prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { closeConsole } from "@/lib/testing/world/close-console"
import type { EvidenceFiles } from "./contract"
import { diskFiles } from "./disk-files"
import { filesToPut, openEvidenceFile } from "./evidence-files"
import { postgresFiles } from "./postgres-files"
import { isFileIntact } from "./verified-stream"

const MB = 1024 * 1024
const limits = { maxBytes: 4 * MB, announcedBytes: null }
const never = new AbortController().signal

function streamOf(...pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}
async function bytesOf(files: EvidenceFiles, sha256: string): Promise<Buffer | null> {
  const file = await files.open(sha256)
  if (!file) return null
  const pieces: Uint8Array[] = []
  for await (const piece of file.stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith("golive-upload-"))
const incoming = () => readdir(join(env().EVIDENCE_DIR, "incoming")).catch(() => [])

afterAll(closeConsole)

describe.each([
  ["postgres", postgresFiles],
  ["disk", diskFiles],
] as const)("files in %s", (store, files) => {
  beforeAll(() => {
    process.env.EVIDENCE_STORE = store
    forgetEnv()
  })
  afterAll(() => {
    delete process.env.EVIDENCE_STORE
    forgetEnv()
  })
  let kept: number
  beforeEach(async () => {
    kept = await prisma.evidenceFile.count()
  })
  /** What was refused or broke off has left nothing anywhere. */
  async function nothingIsLeft(): Promise<void> {
    expect(await prisma.evidenceFile.count()).toBe(kept)
    expect(spools()).toEqual([])
    expect(await incoming()).toEqual([])
  }

  test("are the ones that are used", () => {
    expect(filesToPut()).toBe(files)
  })

  test.each([1, 1_000, 256 * 1024, 256 * 1024 + 1, 3 * MB])("give back %i bytes as they came", async (size) => {
    const bytes = randomBytes(size)
    const put = await files.put(streamOf(bytes.subarray(0, size >> 1), bytes.subarray(size >> 1)), limits, never)
    expect(put).toEqual({ ok: true, value: { sha256: sha256Hex(bytes), sizeBytes: size } })
    expect((await bytesOf(files, sha256Hex(bytes)))?.equals(bytes)).toBe(true)
    const opened = await openEvidenceFile(sha256Hex(bytes))
    expect(opened?.sizeBytes).toBe(size)
    expect(await isFileIntact(sha256Hex(bytes))).toBe(true)
    expect(await prisma.evidenceFile.findUnique({ where: { sha256: sha256Hex(bytes) } })).toMatchObject({ store })
    expect(spools()).toEqual([])
    expect(await incoming()).toEqual([])
  })

  test("are kept once, whoever brings them at the same time", async () => {
    const bytes = randomBytes(MB)
    const puts = await Promise.all(Array.from({ length: 6 }, () => files.put(streamOf(bytes), limits, never)))
    expect(puts.every((put) => put.ok && put.value.sha256 === sha256Hex(bytes))).toBe(true)
    expect(await prisma.evidenceFile.count()).toBe(kept + 1)
    expect((await bytesOf(files, sha256Hex(bytes)))?.equals(bytes)).toBe(true)
    expect(await incoming()).toEqual([])
  })

  test("come in byte by byte as well", async () => {
    const bytes = randomBytes(20_000)
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte))
    const put = await files.put(streamOf(...pieces), limits, never)
    expect(put).toMatchObject({ ok: true, value: { sha256: sha256Hex(bytes) } })
  })

  test("are refused when they are empty", async () => {
    const put = await files.put(streamOf(), limits, never)
    expect(put).toMatchObject({
      ok: false,
      refusal: { code: "invalid", field: "file", message: expect.stringContaining("is empty") },
    })
    await nothingIsLeft()
  })

  test("are refused as soon as they are too large", async () => {
    let taken = 0
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          taken += 64 * 1024
          controller.enqueue(new Uint8Array(64 * 1024))
        },
      },
      { highWaterMark: 0 },
    )
    const put = await files.put(stream, limits, never)
    expect(put).toMatchObject({ ok: false, refusal: { code: "too_large", detail: { maxBytes: limits.maxBytes } } })
    expect(taken).toBeLessThanOrEqual(limits.maxBytes + 2 * 64 * 1024)
    await nothingIsLeft()
  })

  test("may be as large as the limit, and not a byte more", async () => {
    const bytes = randomBytes(1_000)
    expect(await files.put(streamOf(bytes), { ...limits, maxBytes: 999 }, never)).toMatchObject({ ok: false })
    await nothingIsLeft()
    expect(await files.put(streamOf(bytes), { ...limits, maxBytes: 1_000 }, never)).toMatchObject({ ok: true })
  })

  test("of which less or more comes than was announced broke off", async () => {
    for (const announcedBytes of [99, 101]) {
      const put = await files.put(streamOf(randomBytes(100)), { ...limits, announcedBytes }, never)
      expect(put).toMatchObject({ ok: false, refusal: { code: "bad_request" } })
    }
    await nothingIsLeft()
  })

  test("that break off, by error or by abort, leave nothing", async () => {
    const failing = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(randomBytes(300_000)),
      pull: (controller) => controller.error(new Error("the line is dead")),
    })
    expect(await files.put(failing, limits, never)).toMatchObject({ ok: false, refusal: { code: "bad_request" } })
    const abort = new AbortController()
    const stalled = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(randomBytes(300_000)) })
    const putting = files.put(stalled, limits, abort.signal)
    setTimeout(() => abort.abort(), 50)
    expect(await putting).toMatchObject({ ok: false, refusal: { code: "bad_request" } })
    await nothingIsLeft()
  })

  test("are looked at before all of them is there", async () => {
    let seen = 0
    const inspect = async (head: Uint8Array) => {
      seen = head.length
      return { code: "invalid", message: "no", field: "contentType" } as const
    }
    expect(await files.put(streamOf(randomBytes(MB), randomBytes(MB)), { ...limits, inspect }, never)).toMatchObject({
      ok: false,
      refusal: { field: "contentType" },
    })
    expect(seen).toBe(4_096)
    await nothingIsLeft()
  })

  test("leave nothing when the database refuses them half-way", async () => {
    await databasePool().query(`ALTER TABLE "EvidenceFile${store === "disk" ? "" : "Chunk"}" RENAME TO "Elsewhere"`)
    try {
      await expect(files.put(streamOf(randomBytes(600_000)), limits, never)).rejects.toThrow()
    } finally {
      await databasePool().query(`ALTER TABLE "Elsewhere" RENAME TO "EvidenceFile${store === "disk" ? "" : "Chunk"}"`)
    }
    await nothingIsLeft()
  })

  test("survive that the database goes away while they come in", async () => {
    const bytes = randomBytes(600_000)
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          controller.enqueue(bytes.subarray(0, 300_000))
          await databasePool().query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
          )
          controller.enqueue(bytes.subarray(300_000))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    expect(await files.put(stream, limits, never)).toMatchObject({ ok: true })
    expect(await isFileIntact(sha256Hex(bytes))).toBe(true)
  })

  test("that nobody brought are not there", async () => {
    expect(await files.open(sha256Hex("nobody"))).toBeNull()
    expect(await isFileIntact(sha256Hex("nobody"))).toBe(false)
  })
})

describe("a file on disk", () => {
  const path = (sha256: string) => join(env().EVIDENCE_DIR, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  test("is named by nothing but its hash, and read by its owner alone", async () => {
    const bytes = randomBytes(100)
    await diskFiles.put(streamOf(bytes), limits, never)
    expect((await stat(path(sha256Hex(bytes)))).mode & 0o777).toBe(0o600)
    await expect(diskFiles.open("../../../etc/passwd")).rejects.toThrow(TypeError)
  })

  test("that was changed is not intact; one that was lost is healed by bringing it again", async () => {
    const bytes = randomBytes(100)
    const sha256 = sha256Hex(bytes)
    await diskFiles.put(streamOf(bytes), limits, never)
    await writeFile(path(sha256), randomBytes(100))
    expect(await isFileIntact(sha256)).toBe(false)
    await rm(path(sha256))
    expect(await openEvidenceFile(sha256)).toBeNull()
    await diskFiles.put(streamOf(bytes), limits, never)
    expect(await isFileIntact(sha256)).toBe(true)
  })

  test("stays where it is when the store is changed, and is not kept twice", async () => {
    const bytes = randomBytes(100)
    await diskFiles.put(streamOf(bytes), limits, never)
    await postgresFiles.put(streamOf(bytes), limits, never)
    expect(await isFileIntact(sha256Hex(bytes))).toBe(true)
    expect(await prisma.evidenceFileChunk.count({ where: { sha256: sha256Hex(bytes) } })).toBe(0)
  })
})
