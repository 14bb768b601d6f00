import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { Timeline } from "./release.fixture"
import { STATE_SHAPE } from "./state-shape"

/** The names of all fields that a release's life leaves behind, without the keys of what people named. */
function shapeOf(value: unknown, path = "", into = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) shapeOf(each, `${path}[]`, into)
  else if (value !== null && typeof value === "object") {
    for (const [name, part] of Object.entries(value)) shapeOf(part, `${path}.${named(path, name)}`, into)
  } else into.add(path)
  return into
}

const MAPS = [".items", ".signoffs", ".runs", ".triggers"]
const named = (path: string, name: string) => (MAPS.includes(path) ? "*" : name)

test("who changes what the events fold to raises STATE_SHAPE", () => {
  const timeline = new Timeline().live()
  const fields = shapeOf(timeline.state)
  const hash = createHash("sha256")
    .update([...fields].sort().join("\n"))
    .digest("hex")
    .slice(0, 12)
  expect({ STATE_SHAPE, hash }, "raise STATE_SHAPE, then write the new hash here").toEqual({
    STATE_SHAPE: 6,
    hash: "b8bc6cb80b12",
  })
})
