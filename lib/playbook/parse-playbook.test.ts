import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { parsePlaybook } from "./parse-playbook"

const source = readFileSync(new URL("../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url), "utf8")
const checks = { kinds: Object.keys(checkDefinitions) }

function problems(text: string) {
  const result = parsePlaybook(text, checks)
  return result.ok ? [] : result.problems
}

/** The seed with one text replaced; the line where the replacement begins. */
function withChange(from: string, to: string) {
  const at = source.indexOf(from)
  if (at < 0) throw new Error(`the seed does not hold ${from}`)
  return {
    text: source.slice(0, at) + to + source.slice(at + from.length),
    line: source.slice(0, at).split("\n").length,
  }
}

test("the seed is accepted, and comments and layout do not change its hash", () => {
  const plain = parsePlaybook(source, checks)
  const commented = parsePlaybook(`# a comment\n${source}`, checks)
  expect(plain).toMatchObject({ ok: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(commented).toEqual(plain)
})

/** `lineOffset`: lines after the change; null where the problem shows at another part of the file. */
const refusals: [what: string, from: string, to: string, lineOffset: number | null, path: string, message: RegExp][] = [
  ["a negative duration", "rollback: 5m", "rollback: -5m", 0, "budgets.rollback", /must be a duration/],
  ["an infinite duration", "rollback: 5m", "rollback: Infinity", 0, "budgets.rollback", /must be a duration/],
  ["a duration of zero", "rollback: 5m", "rollback: 0m", 0, "budgets.rollback", /longer than zero/],
  ["a duration past a year", "rollback: 5m", "rollback: 366d", 0, "budgets.rollback", /longer than one year/],
  ["a number as a duration", "rollback: 5m", "rollback: 300", 0, "budgets.rollback", /expected string/],
  ["an infinite number", "limit: 0.01", "limit: .inf", 0, "verification.watch.dashboard[1].rule.limit", /finite/],
  ["a percentage as a ratio", "limit: 0.01", "limit: 5", 0, "verification.watch.dashboard[1].rule.limit", /0\.05/],
  [
    "a wrong unit",
    "limit: 0.01, unit: ratio",
    "limit: 0.01, unit: ms",
    0,
    "verification.watch.dashboard[1].rule.unit",
    /ratio/,
  ],
  ["a zone that does not exist", "zone: America/New_York", "zone: America/Nowhere", 0, "window.zone", /IANA/],
  ["an abbreviation as a zone", "zone: America/New_York", "zone: EST", 0, "window.zone", /IANA/],
  ["an offset as a zone", "zone: America/New_York", 'zone: "-05:00"', 0, "window.zone", /IANA/],
  ["a window that ends first", 'end: "17:00"', 'end: "08:00"', 0, "window.end", /after/],
  ["a downtime range the wrong way", "max: 15m", "max: 1m", 0, "budgets.downtime.max", /less than/],
  ["an unknown key", "summary: >-", "sumary: x\nsummary: >-", 0, "sumary", /not known/],
  ["a missing key", 'version: "1.0"\n', "", null, "version", /expected string/],
  ["a key given twice", "name: POSTD\n", "name: POSTD\n  name: Again\n", 1, "", /unique/],
  [
    "two items of one name",
    "key: tls-version",
    "key: cors-policy",
    0,
    "checklist.groups[0].items[5].key",
    /used twice/,
  ],
  ["two steps of one name across phases", "key: smoke-test", "key: health", 0, "phases[3].steps[3].key", /used twice/],
  [
    "a name that is no slug",
    "key: tls-version",
    "key: TLS version",
    0,
    "checklist.groups[0].items[5].key",
    /lower-case/,
  ],
  [
    "an unknown kind of check",
    "kind: env-file",
    "kind: telepathy",
    0,
    "checklist.groups[0].items[0].check.kind",
    /no known kind/,
  ],
  ["an unknown role", "owner: security", "owner: king", 0, "checklist.groups[0].items[0].owner", /Invalid option/],
  [
    "an unknown placeholder",
    "{{env.baseUrl}}/api/posts",
    "{{env.password}}/x",
    0,
    "checklist.groups[0].items[2].check.config.url",
    /no known placeholder/,
  ],
  [
    "a capture nobody captured",
    "Bearer {{capture.access_token}}",
    "Bearer {{capture.other}}",
    0,
    "verification.functional[3].check.config.headers.Authorization",
    /captures "other"/,
  ],
  ["phases out of order", "- key: preflight", "- key: maintenance_off", 0, "phases[0].key", /must be "preflight"/],
  [
    "a deployment outside its phase",
    'run: { type: maintenance, action: "off" }',
    "run: { type: strategy }",
    0,
    "phases[3].steps[2].run",
    /belongs in phase "deploy"/,
  ],
  [
    "a group of steps that is torn apart",
    "commands: [git pull origin main]",
    "commands: []\n        parallel: application",
    null,
    "phases[0].steps[5].parallel",
    /before other steps/,
  ],
  [
    "an automatic trigger without a rule",
    "manual: true, mode: ask",
    "manual: true, mode: auto",
    0,
    "rollback.triggers[2].mode",
    /act by itself/,
  ],
  ["a trigger without rule or person", "manual: true, mode: ask", "mode: ask", 0, "rollback.triggers[2]", /rule/],
  ["a statement without its signer", "I, {name}, as", "We, as", null, "signoffs.roles[0].meaning", /\{name\}/],
  ["an alias", "name: POSTD\n", "name: &n POSTD\n  # again\nalso: *n\n", 0, "service.name", /anchors are not allowed/],
  ["a tag", "name: POSTD\n", "name: !!js/function POSTD\n", 0, "", /tag/],
  [
    "__proto__",
    "name: POSTD\n",
    "name: POSTD\n  __proto__: { polluted: true }\n",
    1,
    "service.__proto__",
    /not allowed as a key/,
  ],
  [
    "constructor in a config",
    "config: { method: HEAD,",
    "config: { constructor: {}, method: HEAD,",
    0,
    "verification.immediate[0].checks[0].check.config.constructor",
    /not allowed as a key/,
  ],
  [
    "text that turns around",
    "title: SSL/TLS 1.2+ enforced",
    'title: "TLS \\u202e"',
    0,
    "checklist.groups[0].items[5].title",
    /bidirectional/,
  ],
  ["NUL", "title: SSL/TLS 1.2+ enforced", 'title: "a\\0b"', 0, "checklist.groups[0].items[5].title", /NUL/],
  [
    "a lone surrogate",
    "title: SSL/TLS 1.2+ enforced",
    'title: "\\ud800"',
    0,
    "checklist.groups[0].items[5].title",
    /well-formed/,
  ],
]

test.each(refusals)("refuses %s, with line and path", (_what, from, to, lineOffset, path, message) => {
  const { text, line } = withChange(from, to)
  const found = problems(text)
  const problem = found.find((each) => each.path === path && message.test(each.message))
  expect(problem, JSON.stringify(found, null, 1)).toBeDefined()
  if (lineOffset !== null) expect(problem?.line).toBe(line + lineOffset)
  expect(problem?.column).toBeGreaterThan(0)
})

test("what a kind says about a config is reported at the place in the file", () => {
  const configProblems = (kind: string) => (kind === "git" ? [{ path: ["expect", "clean"], message: "no" }] : [])
  const result = parsePlaybook(source, { ...checks, configProblems })
  if (result.ok) throw new Error("must be refused")
  const line = source.slice(0, source.indexOf("expect: { clean: true")).split("\n").length
  expect(result.problems[0]).toMatchObject({ line, path: "checklist.groups[3].items[0].check.config.expect.clean" })
})

test("several problems come at once, in the order of the file", () => {
  const text = source.replace("rollback: 5m", "rollback: x").replace("zone: America/New_York", "zone: Mars/Base")
  expect(problems(text).map((each) => each.path)).toEqual(["window.zone", "budgets.rollback"])
})

test.each([
  ["nothing", ""],
  ["a text", "just words"],
  ["a list", "- a\n- b"],
  ["two documents", `${source}\n---\n${source}`],
  ["broken YAML", "key: [a, b"],
  ["a key that is a map", "{a: 1}: 2"],
])("refuses %s", (_what, text) => {
  const [problem] = problems(text)
  expect(problem?.line).toBeGreaterThan(0)
  expect(problem?.message).toMatch(/\w{3,} \w+/)
})

test("more than 1,000 items are refused at the list", () => {
  const item = "        - { key: KEY, title: t, evidence: e }\n"
  const many = Array.from({ length: 1_001 }, (_, i) => item.replace("KEY", `x${i}`)).join("")
  const { text } = withChange("        - key: oauth-credentials\n", `${many}        - key: oauth-credentials\n`)
  expect(problems(text)[0]).toMatchObject({
    path: "checklist.groups[0].items",
    message: expect.stringMatching(/1,000/),
  })
})

test("more than 1,000 items over several groups are refused", () => {
  const group = (g: number) =>
    `    - key: g${g}\n      title: t\n      items:\n${Array.from({ length: 500 }, (_, i) => `        - { key: x${g}-${i}, title: t, evidence: e }\n`).join("")}`
  const { text } = withChange("  groups:\n", `  groups:\n${group(1)}${group(2)}`)
  expect(problems(text)[0]).toMatchObject({ path: "checklist", message: expect.stringMatching(/1043 items/) })
})

test.each([
  ["3 MB", "#".repeat(3 * 1024 * 1024), /2 MB/],
  ["half a million entries", "- a\n".repeat(500_000), /100,000/],
  ["a million brackets", "[".repeat(1_000_000), /nested deeper/],
  ["twenty thousand lists nested on a line", "- ".repeat(20_000), /nested deeper/],
  ["lists nested over two thousand lines", staircase(1_900), /nested/],
  ["a bomb of anchors", bomb(), /anchors are not allowed/],
])("refuses %s quickly", (_what, text, message) => {
  const started = performance.now()
  expect(
    problems(text)
      .map((each) => each.message)
      .join("\n"),
  ).toMatch(message)
  expect(performance.now() - started).toBeLessThan(3_000)
})

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(", ")}]`)
  return ["l0: &l0 [x, x, x, x, x, x, x, x, x]", ...levels].join("\n")
}

function staircase(levels: number): string {
  return Array.from({ length: levels }, (_, n) => `${" ".repeat(n)}a:`).join("\n")
}
