import { randomUUID } from "node:crypto"
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { env } from "@/lib/server/env"
import { done } from "@/lib/server/result"
import type { EvidenceFiles } from "./contract"
import { receiveFile } from "./receive-file"
import { recordFile } from "./record-file"

const SHA256 = /^[0-9a-f]{64}$/
/** No upload lasts this long: it was left by a process that died. */
const LEFT_BEHIND_MS = 24 * 3_600_000
const incoming = () => join(env().EVIDENCE_DIR, "incoming")

/** Keeps files in a folder, which all web processes must share: for files that are large or many. */
export const diskFiles: EvidenceFiles = {
  async put(body, limits, signal) {
    await mkdir(incoming(), { recursive: true, mode: 0o700 })
    await sweep()
    const path = join(incoming(), randomUUID())
    const file = await open(path, "wx", 0o600)
    try {
      const received = await receiveFile(body, file, limits, signal)
      if (!received.ok) return received
      await file.sync()
      const { sha256 } = received.value
      const kept = await recordFile(received.value, "disk", () => moveIn(path, sha256))
      // On record and yet not there: somebody cleared the folder. These are the same bytes.
      if (!kept.isNew && kept.store === "disk" && !(await this.open(sha256))) await moveIn(path, sha256)
      return done(received.value)
    } finally {
      await file.close()
      await rm(path, { force: true })
    }
  },

  async open(sha256) {
    const found = await stat(pathOf(sha256)).catch(nullIfMissing)
    return found?.isFile() ? { sizeBytes: found.size, stream: readFile(sha256) } : null
  },
}

/** Made of the hash alone, so that no name from outside ever is a path. */
function pathOf(sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError("a file is named by its SHA-256")
  return join(env().EVIDENCE_DIR, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/** Whoever looks sees all of it or nothing; once this returns it outlives a power cut. */
async function moveIn(path: string, sha256: string): Promise<void> {
  const target = pathOf(sha256)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await rename(path, target)
  const folder = await open(dirname(target), "r")
  await folder.sync().finally(() => folder.close())
}

async function* readFile(sha256: string): AsyncGenerator<Uint8Array> {
  const file = await open(pathOf(sha256), "r")
  try {
    yield* file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })
  } finally {
    await file.close()
  }
}

async function sweep(): Promise<void> {
  for (const name of await readdir(incoming())) {
    const path = join(incoming(), name)
    const found = await stat(path).catch(nullIfMissing)
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true })
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
  throw error
}
