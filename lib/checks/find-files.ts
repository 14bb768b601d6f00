import { realpath, stat } from "node:fs/promises"
import { join } from "node:path"
import { glob } from "tinyglobby"
import { isInside } from "./folder-inside"

const MOST_FILES = 20_000

export interface FoundFile {
  /** As people name it: from the folder that was searched. */
  name: string
  path: string
  bytes: number
}

/**
 * The files of a folder that patterns name, by name. Links to folders are not followed, links to files only inside of
 * `root`. Rejects with an Error in words where there are more than anybody meant.
 */
export async function findFiles(
  { root, directory }: { root: string; directory: string },
  { files, exclude = [] }: { files: readonly string[]; exclude?: readonly string[] },
  signal: AbortSignal,
): Promise<FoundFile[]> {
  const names = await glob([...files], {
    ...{ cwd: directory, ignore: ["**/.git/**", ...exclude], signal },
    ...{ dot: true, expandDirectories: false, extglob: false, followSymbolicLinks: false, onlyFiles: true },
  })
  signal.throwIfAborted()
  if (names.length > MOST_FILES) throw new Error(`The patterns match more than ${MOST_FILES} files`)
  const top = await realpath(root)
  const found = new Map<string, FoundFile>()
  for (const name of names.sort()) {
    const path = await realpath(join(directory, name)).catch(() => null)
    if (path === null || !isInside(top, path) || found.has(path)) continue
    const stats = await stat(path)
    if (stats.isFile()) found.set(path, { name, path, bytes: stats.size })
  }
  return [...found.values()]
}
