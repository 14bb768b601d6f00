import { open, readFile, realpath, rename, rm, stat } from "node:fs/promises"
import { setTimeout as delay } from "node:timers/promises"

const WAIT_MS = 10_000
const LOOK_AGAIN_MS = 25
/** Nobody needs that long to write a small file: whoever left the draft is gone. */
const LEFT_BEHIND_MS = 30_000

/**
 * Replaces a file by what `change` makes of it. Its readers see the old text or the new one, with the owner and the rights
 * that it has; a link keeps leading to it. The draft beside it is the lock among writers, on whatever worker they run.
 * Rejects with an Error in words; the file is as it was then.
 */
export async function replaceFile(path: string, change: (text: string) => string, signal: AbortSignal): Promise<void> {
  const file = await realpath(path).catch(fail(`${path} cannot be read`))
  const draft = `${file}.golive-draft`
  const handle = await openAlone(draft, path, signal)
  let isOurs = true
  try {
    const [before, { uid, gid, mode }, own] = await Promise.all([readFile(file, "utf8"), stat(file), handle.stat()])
    const after = change(before)
    if (after === before) return
    await handle.writeFile(after)
    // A service that runs as somebody else must still be able to read it.
    if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid)
    // Not as an option of open(): that is narrowed by the process's umask. After chown, which takes bits away.
    await handle.chmod(mode & 0o7777)
    await handle.sync()
    signal.throwIfAborted()
    await rename(draft, file)
    isOurs = false
  } catch (error) {
    signal.throwIfAborted()
    fail(`${path} could not be written`)(error)
  } finally {
    await handle.close()
    // After the renaming the next writer's may be there.
    if (isOurs) await rm(draft, { force: true })
  }
}

async function openAlone(draft: string, path: string, signal: AbortSignal) {
  const untilMs = performance.now() + WAIT_MS
  for (;;) {
    signal.throwIfAborted()
    try {
      return await open(draft, "wx", 0o600)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return fail(`${path} could not be written`)(error)
    }
    const since = await stat(draft).catch(() => null)
    if (since && Date.now() - since.mtimeMs > LEFT_BEHIND_MS) await rm(draft, { force: true })
    else if (performance.now() > untilMs) throw new Error(`${path} could not be written: ${draft} is in the way`)
    await delay(LOOK_AGAIN_MS)
  }
}

function fail(words: string) {
  return (error: unknown): never => {
    throw new Error(`${words} (${(error as NodeJS.ErrnoException).code ?? String(error)})`)
  }
}
