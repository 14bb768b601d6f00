import type { WatchedRelease } from "../contract"

const VERSION = /\{\{\s*release\.version\s*\}\}/g
/** Versions as they are written into queries of other systems: what could mean something there is refused, not escaped. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/

/** A query with the watched version in it. Refused in words where it asks for one and there is none that may stand in it. */
export function fillRelease(
  query: string,
  watched: WatchedRelease | null,
): { ok: true; query: string } | { ok: false; words: string } {
  if (!asksForRelease(query)) return { ok: true, query }
  if (!watched) return { ok: false, words: "It asks for the release, and none is watched yet." }
  if (!PLAIN.test(watched.version)) return { ok: false, words: "The version's name cannot stand in a query." }
  return { ok: true, query: query.replace(VERSION, watched.version) }
}

export function asksForRelease(query: string): boolean {
  return query.search(VERSION) >= 0
}
