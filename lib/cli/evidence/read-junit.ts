import { exits } from "../exits"
import { Fault } from "../fault"
import { saySeconds } from "../measures"
import type { Finding } from "./finding"

export interface TestCounts {
  tests: number
  /** Failures and errors. */
  failed: number
  skipped: number
  /** Seconds, as the reports say; null: they do not. */
  seconds: number | null
  failedNames: string[]
}

const MOST_NAMES = 50
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

interface Suite {
  tests: number | null
  failed: number | null
  skipped: number | null
  seconds: number | null
}

/**
 * The counts of a JUnit XML report. The numbers that its outer elements state are compared with the cases that are in it,
 * and the worse ones count. Declarations of document types, and with them entities, are refused. Throws Fault.
 */
export function countTests(xml: string, name: string): TestCounts {
  const bad = (why: string) => new Fault(exits.usage, `${name} is no JUnit report that can be read: ${why}.`)
  const open: string[] = []
  let outer: Suite | null = null
  const suites: Suite[] = []
  const cases = { tests: 0, failed: 0, skipped: 0 }
  let caseName = ""
  let caseState: "passed" | "failed" | "skipped" = "passed"
  const failedNames: string[] = []
  const endCase = () => {
    cases.tests += 1
    if (caseState === "skipped") cases.skipped += 1
    if (caseState !== "failed") return
    cases.failed += 1
    if (failedNames.length < MOST_NAMES) failedNames.push(caseName)
  }
  for (const [all, slash, tag, attributeText = "", selfClosing] of xml.matchAll(TOKEN)) {
    if (all === "<!DOCTYPE") throw bad("it declares a document type")
    if (all === "<") throw bad("it is no well-formed XML")
    if (!tag) continue
    if (slash) {
      if (open.pop() !== tag) throw bad("its elements do not close in order")
      if (tag === "testcase") endCase()
      continue
    }
    const parent = open.at(-1)
    if (parent === undefined && tag !== "testsuites" && tag !== "testsuite") throw bad(`its root is <${tag}>`)
    const attributes = readAttributes(attributeText)
    if (tag === "testsuites") outer = suiteOf(attributes)
    // Suites within suites are counted by the outer ones already.
    else if (tag === "testsuite" && !open.includes("testsuite")) suites.push(suiteOf(attributes))
    else if (tag === "testcase") {
      caseName = [attributes.classname, attributes.name].filter(Boolean).join(" › ")
      caseState = "passed"
      if (selfClosing) endCase()
    } else if (parent === "testcase" && (tag === "failure" || tag === "error")) caseState = "failed"
    else if (parent === "testcase" && tag === "skipped" && caseState === "passed") caseState = "skipped"
    if (!selfClosing) open.push(tag)
  }
  if (open.length > 0) throw bad("it ends too early")
  if (!outer && suites.length === 0) throw bad("it holds no test suite")
  const stated = (of: (suite: Suite) => number | null) => (outer && of(outer)) ?? sum(suites.map(of))
  return {
    tests: Math.max(stated((suite) => suite.tests) ?? 0, cases.tests),
    failed: Math.max(stated((suite) => suite.failed) ?? 0, cases.failed),
    skipped: Math.max(stated((suite) => suite.skipped) ?? 0, cases.skipped),
    seconds: stated((suite) => suite.seconds),
    failedNames,
  }
}

/** Counts as what was found: no test at all, or only skipped ones, prove nothing. */
export function findingOfTests(counts: TestCounts): Finding {
  const { tests, failed, skipped, seconds, failedNames } = counts
  const ran = tests - skipped
  const passed = failed === 0 && ran > 0
  const summary = passed
    ? `All ${ran} tests passed${skipped > 0 ? `, ${skipped} were skipped` : ""}.`
    : failed > 0
      ? `${failed} of ${ran} tests failed.`
      : tests === 0
        ? "No test was run."
        : `All ${tests} tests were skipped.`
  return {
    outcome: passed ? "passed" : "failed",
    summary,
    facts: [
      { label: "Tests", value: String(tests) },
      { label: "Failed", value: String(failed) },
      { label: "Skipped", value: String(skipped) },
      ...(seconds === null ? [] : [{ label: "Time", value: saySeconds(seconds * 1_000) }]),
    ],
    text: failedNames.length > 0 ? `Failed:\n${failedNames.map((name) => `- ${name}`).join("\n")}` : null,
  }
}

export function addCounts(all: readonly TestCounts[]): TestCounts {
  return {
    tests: sum(all.map((each) => each.tests)) ?? 0,
    failed: sum(all.map((each) => each.failed)) ?? 0,
    skipped: sum(all.map((each) => each.skipped)) ?? 0,
    seconds: sum(all.map((each) => each.seconds)),
    failedNames: all.flatMap((each) => each.failedNames).slice(0, MOST_NAMES),
  }
}

function suiteOf(attributes: Record<string, string>): Suite {
  const count = (name: string) => (/^\d{1,9}$/.test(attributes[name] ?? "") ? Number(attributes[name]) : null)
  const seconds = Number(attributes.time ?? Number.NaN)
  return {
    tests: count("tests"),
    failed: sum([count("failures"), count("errors")]),
    skipped: sum([count("skipped"), count("disabled")]),
    seconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
  }
}

/** Null where no part says anything. */
function sum(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.reduce((all, part) => all + part, 0)
}

const PREDEFINED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = "", double, single]) => [
      name,
      (double ?? single ?? "").replace(/&(lt|gt|amp|quot|apos);/g, (all, key: string) => PREDEFINED[key] ?? all),
    ]),
  )
}
