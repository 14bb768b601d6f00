import { expect, test } from "vitest"
import { parseJsonPath, readJsonPath } from "./json-path"

const value: unknown = JSON.parse(
  '{"a": {"b c": [10, {"x.y": "deep"}], "it\'s": 1, "n": null}, "0": "zero", "__proto__": {"own": true}}',
)

test.each([
  ["$.a['b c'][0]", 10],
  ["$.a['b c'][-1]['x.y']", "deep"],
  ['$["a"]["it\'s"]', 1],
  ["$['a']['it\\'s']", 1],
  ["$.a.n", null],
  ["$['0']", "zero"],
  ["$.__proto__.own", true],
])("%s", (path, wanted) => {
  expect(readJsonPath(value, parseJsonPath(path))).toEqual({ found: true, value: wanted })
})

test.each(["$.nothing", "$.a.constructor", "$.a['b c'].length", "$.a['b c'][9]", "$.a['b c']['0']", "$[0]", "$.a.n.x"])(
  "%s finds nothing",
  (path) => {
    expect(readJsonPath(value, parseJsonPath(path)).found).toBe(false)
  },
)

test.each(["a.b", "$..a", "$.*", "$[*]", "$[?(@.x)]", "$.a[0:2]", "$.", "$[", "$ .a"])(
  "%s is not understood",
  (path) => {
    expect(() => parseJsonPath(path)).toThrow(SyntaxError)
  },
)
