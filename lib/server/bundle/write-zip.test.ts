import { createHash, randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { expect, test } from "vitest"
import { readZip } from "./read-zip.fixture"
import { type BundleFile, writeZip } from "./write-zip"

const AT = new Date("2026-11-23T10:00:00Z")
const none = () => []
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

async function* each<T>(...values: T[]): AsyncGenerator<T> {
  yield* values
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

test("what goes in comes out, and the last files know the sums of all before", async () => {
  const large = randomBytes(3_000_000)
  const pieces = each(large.subarray(0, 1_000_000), large.subarray(1_000_000))
  const files: BundleFile[] = [
    { path: "empty", bytes: new Uint8Array() },
    { path: "a/large", bytes: pieces, compress: false },
    { path: "a/ünï.txt", bytes: Buffer.from("text ".repeat(10_000)) },
  ]
  let told: ReadonlyMap<string, string> = new Map()
  const last = (sums: ReadonlyMap<string, string>) => {
    told = sums
    return [{ path: "last", bytes: Buffer.from("x") }]
  }
  const zip = readZip(await whole(writeZip(each(...files), last, AT)))
  expect([...zip.keys()]).toEqual(["empty", "a/large", "a/ünï.txt", "last"])
  expect(zip.get("a/large")?.equals(large)).toBe(true)
  expect(told.get("a/large")).toBe(sha256(large))
  expect(told.get("empty")).toBe(sha256(new Uint8Array()))
})

test("a source that fails breaks the archive off, and no part of it looks whole", async () => {
  async function* failing() {
    yield randomBytes(200_000)
    throw new Error("the disk is gone")
  }
  const files = each<BundleFile>({ path: "one", bytes: Buffer.from("1") }, { path: "two", bytes: failing() })
  await expect(whole(writeZip(files, none, AT))).rejects.toThrow("the disk is gone")
  async function* noFiles(): AsyncGenerator<BundleFile> {
    yield { path: "one", bytes: Buffer.from("1") }
    throw new Error("the database is gone")
  }
  await expect(whole(writeZip(noFiles(), none, AT))).rejects.toThrow("the database is gone")
})

test("a slow reader holds the source back, and one who leaves ends it", async () => {
  let made = 0
  let ended = false
  async function* endless() {
    try {
      for (;;) {
        made += 1
        yield randomBytes(64 * 1024)
      }
    } finally {
      ended = true
    }
  }
  const bytes = writeZip(each<BundleFile>({ path: "endless", bytes: endless(), compress: false }), none, AT)
  await bytes.next()
  await bytes.next()
  await delay(200)
  expect(made).toBeLessThan(40)
  await bytes.return(undefined)
  expect(ended).toBe(true)
})
