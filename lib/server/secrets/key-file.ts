import { randomBytes } from "node:crypto"
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"

const fileSchema = z.object({ keys: z.array(z.string()) })

/** The keys (base64) that the embedded default keeps in its data folder, the newest first; empty where there is no file. */
export async function readKeyFile(directory: string): Promise<string[]> {
  const text = await readFile(pathOf(directory), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null
    throw new Error(`The file with the keys of secrets, ${pathOf(directory)}, cannot be read (${error.code}).`)
  })
  if (text === null) return []
  const parsed = fileSchema.safeParse(parseJson(text))
  if (!parsed.success) throw new Error(`The file with the keys of secrets, ${pathOf(directory)}, is damaged.`)
  return parsed.data.keys
}

/** Makes the file with a first key where there is none. Of several processes that do so at once, one makes it. */
export async function ensureKeyFile(directory: string): Promise<string[]> {
  const known = await readKeyFile(directory)
  if (known.length > 0) return known
  await mkdir(directory, { recursive: true, mode: 0o711 })
  const draft = await writeDraft(directory, [newKey()])
  // Linked, not renamed: a file that somebody else put there meanwhile stays, and nobody ever reads half of one.
  await link(draft, pathOf(directory)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error
  })
  await rm(draft, { force: true })
  const keys = await readKeyFile(directory)
  if (keys.length === 0) throw new Error(`The file with the keys of secrets, ${pathOf(directory)}, holds no key.`)
  return keys
}

/** Puts these keys in place of all others, in one go. */
export async function writeKeyFile(directory: string, keys: readonly string[]): Promise<void> {
  await rename(await writeDraft(directory, keys), pathOf(directory))
}

export function newKey(): string {
  return randomBytes(32).toString("base64")
}

async function writeDraft(directory: string, keys: readonly string[]): Promise<string> {
  const draft = `${pathOf(directory)}.${randomBytes(6).toString("hex")}`
  await writeFile(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flush: true })
  return draft
}

function pathOf(directory: string): string {
  return join(directory, "secret-keys.json")
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
