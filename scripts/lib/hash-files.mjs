import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"

/**
 * One SHA-256 over the names and contents of files and folders (walked whole). What is missing is left out.
 * @param {string} root
 * @param {string[]} paths relative to the root
 * @returns {Promise<string>}
 */
export async function hashFiles(root, paths) {
  const files = []
  for (const path of paths) files.push(...(await walk(root, path)))
  const hash = createHash("sha256")
  for (const file of files.sort()) {
    const content = await readFile(join(root, file))
    // Lengths between the parts, so that no two sets of files can read as the same run of bytes.
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest("hex")
}

async function walk(root, path) {
  const found = await stat(join(root, path)).catch(() => null)
  if (!found) return []
  if (!found.isDirectory()) return [path]
  const entries = await readdir(join(root, path), { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length))
}
