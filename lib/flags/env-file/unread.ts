import { createHash } from "node:crypto"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * What the service was not made to read yet, kept beside the runs: a worker that ends between the file and the reload leaves
 * a file that says more than is so.
 */
export function createUnread(workDirectory: string, path: string, name: string) {
  const folder = join(workDirectory, "flags")
  const note = join(folder, createHash("sha256").update(`${path}\0${name}`).digest("hex").slice(0, 32))
  return {
    /** The value that the service may not have read; null where it has read them all. */
    async value(): Promise<string | null> {
      return readFile(note, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null
        throw new Error(`Whether the service has read ${path} cannot be told (${error.code})`)
      })
    },
    async keep(value: string): Promise<void> {
      await mkdir(folder, { recursive: true })
      await writeFile(note, value)
    },
    async forget(): Promise<void> {
      await rm(note, { force: true })
    },
  }
}
