import { execFile } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** The checkouts used last stay; a release works with one or two of them. */
const KEPT = 6
/** What is begun and older than this was left behind by a process that is gone. */
const ABANDONED_MS = 60 * 60_000

/** What is under way in this process: many checks begin at once, and one fetch serves them all. */
const making = new Map<string, Promise<void>>()

interface Cached {
  cacheDirectory: string
  repository: string
  /** A full id: it means the same for ever, so nothing in the cache grows stale. */
  commit: string
  /** Does not exist yet. */
  directory: string
  signal: AbortSignal
  /** Checks the commit out at this path, which appears when it is whole. */
  make(path: string): Promise<void>
}

/**
 * Copies a checkout that is kept for this, and makes it first if need be. Nobody works in what is kept, and nothing is
 * linked to it: what one check does to its files no other one sees. Several processes may share the folder.
 * False: it could not be had this way.
 */
export async function copyCached({ cacheDirectory, repository, commit, directory, signal, make }: Cached) {
  const key = createHash("sha256").update(`${repository}\0${commit}`).digest("hex").slice(0, 40)
  const entry = join(cacheDirectory, key)
  if (!(await inodeOf(entry))) {
    await mkdir(cacheDirectory, { recursive: true })
    const known = making.get(entry)
    const work = known ?? make(entry).finally(() => making.delete(entry))
    if (!known) making.set(entry, work)
    const made = await untilAborted(work, signal)
    if (made && !known) await trim(cacheDirectory, entry)
  }
  return (await copy(entry, directory, signal)) || (await forget(directory))
}

/** False where what is copied was taken away meanwhile: then something may be missing in the copy. */
async function copy(entry: string, directory: string, signal: AbortSignal): Promise<boolean> {
  const before = await inodeOf(entry)
  if (before === null) return false
  const now = new Date()
  await utimes(entry, now, now).catch(() => undefined)
  await mkdir(directory)
  try {
    // One program for any number of files; it shares blocks where the file system can.
    await run("cp", ["-RPp", `${entry}/.`, directory], { signal })
  } catch {
    signal.throwIfAborted()
    return false
  }
  // It loses its name before its files: with its name still there, all of them were.
  return (await inodeOf(entry)) === before
}

async function forget(directory: string): Promise<false> {
  await rm(directory, { recursive: true, force: true })
  return false
}

/** Whether the work was done. Whoever is stopped does not wait for it. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<boolean> {
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener("abort", stop, { once: true })
  })
  const done = work.then(
    () => true,
    () => false,
  )
  try {
    signal.throwIfAborted()
    return await Promise.race([done, stopped])
  } finally {
    signal.removeEventListener("abort", stop)
  }
}

async function trim(cacheDirectory: string, newest: string): Promise<void> {
  const names = await readdir(cacheDirectory).catch(() => [])
  const found = await Promise.all(names.map((name) => ageOf(join(cacheDirectory, name))))
  const whole = found.flatMap((one) => (one && !one.begun && one.path !== newest ? [one] : []))
  const surplus = whole.sort((a, b) => a.ageMs - b.ageMs).slice(KEPT - 1)
  const abandoned = found.flatMap((one) => (one?.begun && one.ageMs > ABANDONED_MS ? [one] : []))
  for (const { path } of [...surplus, ...abandoned]) {
    const gone = join(cacheDirectory, `.gone-${randomBytes(4).toString("hex")}`)
    // Whoever is second finds nothing to take away.
    await rename(path, gone).then(
      () => rm(gone, { recursive: true, force: true }),
      () => undefined,
    )
  }
}

async function ageOf(path: string) {
  const found = await stat(path).catch(() => null)
  return found && { path, ageMs: Date.now() - found.mtimeMs, begun: /\/\.[^/]*$/.test(path) }
}

async function inodeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.ino ?? null
}
