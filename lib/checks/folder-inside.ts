import { realpath } from "node:fs/promises"
import { isAbsolute, relative, resolve, sep } from "node:path"

/** A folder of the checkout. Rejects with an Error in words where it is none, also when a link leads out of it. */
export async function folderInside(checkout: string, directory: string | undefined): Promise<string> {
  if (directory === undefined) return checkout
  const root = await realpath(checkout)
  const found = await realpath(resolve(root, directory)).catch(() => null)
  if (found === null) throw new Error(`There is no folder "${directory}" in the checkout`)
  assertInside(root, found, directory)
  return found
}

/** Throws an Error in words. Both are real paths. */
export function assertInside(root: string, path: string, name: string): void {
  if (!isInside(root, path)) throw new Error(`"${name}" leads out of the checkout`)
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
