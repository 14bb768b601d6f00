import fc from "fast-check"
import { expect, test } from "vitest"
import { type CommitGraph, oldestCommitMs } from "./oldest-commit"

const graphOf = (commits: Record<string, string>): CommitGraph =>
  new Map(
    Object.entries(commits).map(([hash, parents], n) => [
      hash,
      { parents: parents.split("").filter(Boolean), atMs: n + 1 },
    ]),
  )

test("is the first commit that was not live before", () => {
  const graph = graphOf({ a: "", b: "a", c: "b", d: "c" })
  expect(oldestCommitMs(graph, "b", "d")).toBe(3)
  expect(oldestCommitMs(graph, "d", "d")).toBeNull()
  expect(oldestCommitMs(graph, "x", "d")).toBeNull()
})

test("a branch that began before the version that was live counts from its own first commit", () => {
  // f came from a, was merged into m after c was live.
  expect(oldestCommitMs(graphOf({ a: "", f: "a", b: "a", c: "b", m: "cf" }), "c", "m")).toBe(2)
})

test("is what reachability says", () => {
  const graphs = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 12 }).map((all) => {
    const parents = all.map((wanted, n) => (n === 0 ? [] : [...new Set(wanted.map((each) => each % n))]))
    return new Map(parents.map((each, n) => [String(n), { parents: each.map(String), atMs: n }]))
  })
  fc.assert(
    fc.property(graphs, fc.nat(), fc.nat(), (graph, x, y) => {
      const [from, to] = [String(x % graph.size), String(y % graph.size)]
      const reach = (hash: string, seen = new Set<string>()): Set<string> => {
        if (!seen.has(hash)) for (const parent of graph.get(seen.add(hash) && hash)?.parents ?? []) reach(parent, seen)
        return seen
      }
      const old = reach(from)
      const fresh = [...reach(to)].filter((hash) => !old.has(hash)).map(Number)
      expect(oldestCommitMs(graph, from, to)).toBe(fresh.length > 0 ? Math.min(...fresh) : null)
    }),
  )
})
