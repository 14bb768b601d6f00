import { existsSync, statSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { dirname, join, posix, relative, sep } from "node:path"

export type Import = {
  specifier: string
  /** The file in this repository that is meant, relative to the root; null: a package or a part of Node. */
  file: string | null
}

export type Source = { path: string; text: string; imports: Import[] }

const TOP = ["app", "components", "e2e", "lib", "prisma", "scripts", "workers"]
const LEFT_OUT = /(^|\/)(node_modules|generated|sample-service\/(source|versions))(\/|$)/

/** Every TypeScript file of the house with what it imports, types included. */
export async function readSources(root: string): Promise<Source[]> {
  const paths: string[] = []
  for (const top of TOP) {
    if (!existsSync(join(root, top))) continue
    for (const entry of await readdir(join(root, top), { withFileTypes: true, recursive: true })) {
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")
      if (entry.isFile() && /\.tsx?$/.test(path) && !LEFT_OUT.test(path)) paths.push(path)
    }
  }
  return Promise.all(
    paths.sort().map(async (path) => {
      const text = await readFile(join(root, path), "utf8")
      const imports = findSpecifiers(text).map((specifier) => ({ specifier, file: resolve(root, path, specifier) }))
      return { path, text, imports }
    }),
  )
}

// The formatter puts every import and re-export at the start of a line, where no comment and no string can pose as one.
const STATIC = /^(?:import|export)\b(?:[^"'`;]*?\bfrom)?\s*["']([^"']+)["']/gm
const DYNAMIC = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?["']([^"']+)["']/g

export function findSpecifiers(text: string): string[] {
  return [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)].flatMap((match) => match[1] ?? [])
}

function resolve(root: string, from: string, specifier: string): string | null {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(dirname(from), specifier)
      : null
  if (path === null) return null
  const candidates = [path, `${path}.ts`, `${path}.tsx`, path.replace(/\.js$/, ".ts"), `${path}/index.ts`]
  return candidates.find((candidate) => statSync(join(root, candidate), { throwIfNoEntry: false })?.isFile()) ?? path
}
