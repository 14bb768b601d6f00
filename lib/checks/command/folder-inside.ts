import { realpath } from "node:fs/promises"
import { isAbsolute, relative, resolve, sep } from "node:path"

/** A folder of the checkout. Rejects with an Error in words where it is none, also when a link leads out of it. */
export async function folderInside(checkout: string, directory: string | undefined): Promise<string> {
  if (directory === undefined) return checkout
  const root = await realpath(checkout)
  const found = await realpath(resolve(root, directory)).catch(() => null)
  if (found === null) throw new Error(`There is no folder "${directory}" in the checkout`)
  const way = relative(root, found)
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new Error(`"${directory}" leads out of the checkout`)
  }
  return found
}
