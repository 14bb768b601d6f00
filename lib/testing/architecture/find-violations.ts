import type { Source } from "./read-sources"
import { ALLOWED, BROWSER_ZONES, kindOf, PACKAGES, PACKAGES_OF_PURE, zoneOf } from "./zones"

const isTest = (path: string) => /\.test\.tsx?$/.test(path)

/** Every import that goes the wrong way, as a sentence that says where the code belongs. Tests may import anything. */
export function findWrongImports(sources: Source[]): string[] {
  return sources
    .filter((source) => !isTest(source.path))
    .flatMap((source) =>
      source.imports.flatMap(({ specifier, file }) => {
        const reason = reasonAgainst(source.path, specifier, file)
        return reason ? [`${source.path} imports ${file ?? specifier}: ${reason}`] : []
      }),
    )
}

function reasonAgainst(path: string, specifier: string, file: string | null): string | null {
  const zone = zoneOf(path)
  if (!zone) return null
  const restricted = PACKAGES.find((rule) => rule.pattern.test(specifier) && !rule.only.test(path))
  if (restricted) return restricted.otherwise
  if (file === null) return reasonAgainstPackage(zone, specifier)
  const target = zoneOf(file)
  if (!target) return null
  const [kind, targetKind] = [kindOf(path), kindOf(file)]
  if (kind && targetKind && kind !== targetKind)
    return "one kind never imports another: share through the contract or the parts beside them"
  if (target !== zone && !ALLOWED[zone].from.includes(target)) return ALLOWED[zone].otherwise
  return null
}

function reasonAgainstPackage(zone: ReturnType<typeof zoneOf>, specifier: string): string | null {
  if (!zone) return null
  if (PACKAGES_OF_PURE.zones.includes(zone) && !PACKAGES_OF_PURE.packages.test(specifier))
    return ALLOWED[zone].otherwise
  if (BROWSER_ZONES.includes(zone) && specifier.startsWith("node:")) return ALLOWED[zone].otherwise
  return null
}

/**
 * What a pure file reaches through other files of its kind: those may be of any name, so purity is followed, not read off
 * a path. Each answer is a chain of files that ends in what a pure file may not use.
 */
export function findImpurePaths(sources: Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const starts = sources.filter((source) => zoneOf(source.path) === "pure kind")
  return starts.flatMap((start) => {
    const seen = new Set([start.path])
    const open: string[][] = [[start.path]]
    const found: string[] = []
    for (let chain = open.shift(); chain; chain = open.shift()) {
      for (const { specifier, file } of byPath.get(chain.at(-1) ?? "")?.imports ?? []) {
        if (file === null && !PACKAGES_OF_PURE.packages.test(specifier)) {
          found.push(`${[...chain, specifier].join(" → ")}: ${ALLOWED["pure kind"].otherwise}`)
        }
        if (file !== null && !seen.has(file)) {
          seen.add(file)
          open.push([...chain, file])
        }
      }
    }
    return found
  })
}

/** Rings of files that import each other, each as the chain from one file back to itself. */
export function findCycles(sources: Source[]): string[] {
  const edges = new Map(
    sources
      .filter((source) => !isTest(source.path))
      .map((source) => [source.path, source.imports.flatMap(({ file }) => (file ? [file] : []))]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, chain: string[]) => {
    const at = chain.indexOf(path)
    if (at >= 0) {
      cycles.push([...chain.slice(at), path].join(" → "))
      return
    }
    if (done.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...chain, path])
    done.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return cycles
}

/** Files that only pass on what others export. */
export function findBarrels(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => !path.endsWith(".gen.ts"))
    .filter(({ text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").trim()
      const rest = code
        .replace(/^export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+["'][^"']+["'];?/gm, "")
        .trim()
      return code !== "" && rest === ""
    })
    .map(({ path }) => `${path} only passes on what others export: import from where it is written`)
}
