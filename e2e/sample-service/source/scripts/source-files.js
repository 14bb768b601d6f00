import { readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("..", import.meta.url))

/** Paths from the root of all JavaScript in these folders, sorted. */
export function sourceFiles(...folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".js"))
      .sort()
      .map((name) => join(folder, name)),
  )
}
