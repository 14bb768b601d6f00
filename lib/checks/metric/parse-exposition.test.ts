import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { parseExposition } from "./parse-exposition"

const read = (text: string) =>
  parseExposition(text).map(({ name, labels, value }) => [name, Object.fromEntries(labels), value])

test("a page as services write it", () => {
  const page = `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400",}    3

# Escapes:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
metric_without_timestamp_and_labels 12.47
something_weird{problem="division by zero"} +Inf -3982045
odd { a = "}" , b = "{,#" } .5
temperature -1.5e-3
nothing NaN
request_seconds_bucket{le="+Inf"} 144320 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
{"my.dotted.name", "a label"="x"} 7
# EOF
`
  expect(read(page)).toEqual([
    ["http_requests_total", { method: "post", code: "200" }, 1027],
    ["http_requests_total", { method: "post", code: "400" }, 3],
    [
      "msdos_file_access_time_seconds",
      { path: "C:\\DIR\\FILE.TXT", error: 'Cannot find file:\n"FILE.TXT"' },
      1.458255915e9,
    ],
    ["metric_without_timestamp_and_labels", {}, 12.47],
    ["something_weird", { problem: "division by zero" }, Number.POSITIVE_INFINITY],
    ["odd", { a: "}", b: "{,#" }, 0.5],
    ["temperature", {}, -0.0015],
    ["nothing", {}, Number.NaN],
    ["request_seconds_bucket", { le: "+Inf" }, 144_320],
    ["my.dotted.name", { "a label": "x" }, 7],
  ])
})

test.each([
  "<!doctype html>",
  "queue_depth",
  "queue_depth one",
  "queue_depth 1 2 3",
  "queue_depth{ 1",
  'queue_depth{a="b" 1',
  "queue_depth{a=b} 1",
  'queue_depth{a="b"c="d"} 1',
  'a{"b"} 1',
  '{a="b"} 1',
  "queue_depth 0x10",
  '{"status":"ok"}',
  "9lives 1",
])("%s is no sample, and its line is named", (line) => {
  expect(() => parseExposition(`# HELP x y\n${line}\n`)).toThrow(/^line 2 is no sample: /)
})

describe("whatever is written", () => {
  const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/)
  const label = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/)
  const sample = fc.record({
    name,
    labels: fc.dictionary(label, fc.string({ unit: "grapheme", maxLength: 12 }), { noNullPrototype: true }),
    value: fc.oneof(fc.double(), fc.integer()),
  })
  const written = (value: number) =>
    Object.is(value, -0)
      ? "-0"
      : Number.isNaN(value)
        ? "NaN"
        : Number.isFinite(value)
          ? String(value)
          : value > 0
            ? "+Inf"
            : "-Inf"
  const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"')

  test("is read back", () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 8 }), fc.boolean(), (samples, timed) => {
        const lines = samples.map((one) => {
          const pairs = Object.entries(one.labels).map(([key, value]) => `${key}="${escaped(value)}"`)
          return `${one.name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${written(one.value)}${timed ? " 123" : ""}`
        })
        expect(read(lines.join("\n"))).toEqual(samples.map((one) => [one.name, one.labels, one.value]))
      }),
    )
  })

  test("any text is read or refused in words, and quickly", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        try {
          for (const { name } of parseExposition(text)) expect(name).not.toBe("")
        } catch (error) {
          expect((error as Error).message).toMatch(/^line \d+ is no sample/)
        }
      }),
    )
    const beganMs = performance.now()
    expect(() => parseExposition(`a{b="${"\\".repeat(1_000_000)}`)).toThrow()
    expect(() => parseExposition(`a${" ".repeat(1_000_000)}b`)).toThrow()
    expect(performance.now() - beganMs).toBeLessThan(2_000)
  })
})
