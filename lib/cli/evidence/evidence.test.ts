import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { runCli, TOKEN } from "../run-cli.fixture"
import { detectCi } from "./detect-ci"
import { globMatcher } from "./find-files"
import { addCounts, countTests, findingOfTests } from "./read-junit"

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"
const outcome = (xml: string) => findingOfTests(countTests(xml, "report.xml"))

describe("JUnit reports", () => {
  test.each([
    [
      '<testsuites tests="3" failures="0" errors="0" time="61.5"><testsuite tests="3"/></testsuites>',
      "passed",
      "All 3 tests passed.",
    ],
    ['<testsuite tests="3" failures="1" errors="1" skipped="1"/>', "failed", "2 of 2 tests failed."],
    [
      '<testsuites><testsuite tests="2"/><testsuite tests="3" failures="1"/></testsuites>',
      "failed",
      "1 of 5 tests failed.",
    ],
    ['<testsuite tests="4"><testsuite tests="4" failures="0"/></testsuite>', "passed", "All 4 tests passed."],
    ['<testsuite><testcase name="a"/><testcase name="b"></testcase></testsuite>', "passed", "All 2 tests passed."],
    ['<testsuites tests="0"/>', "failed", "No test was run."],
    ["<testsuites></testsuites>", "failed", "No test was run."],
    ['<testsuite tests="2" skipped="2"/>', "failed", "All 2 tests were skipped."],
    // The numbers at the top say less than what is in it.
    [
      '<testsuites tests="1" failures="0"><testsuite><testcase name="a"><failure/></testcase></testsuite></testsuites>',
      "failed",
      "1 of 1 tests failed.",
    ],
    [
      '<?xml version="1.0"?><!-- <failure> --><testsuite tests="1"><testcase name="a"><system-out><![CDATA[</testsuite><failure/>]]></system-out></testcase></testsuite>',
      "passed",
      "All 1 tests passed.",
    ],
  ])("%s", (xml, expected, summary) => {
    expect(outcome(xml)).toMatchObject({ outcome: expected, summary })
  })

  test("failed tests are named, predefined entities read, no others", () => {
    const xml =
      '<testsuite><testcase classname="a &lt; b" name="&xxe; &amp;lt;"><error message="x">y</error></testcase></testsuite>'
    expect(outcome(xml).text).toBe("Failed:\n- a < b › &xxe; &lt;")
  })

  test.each([
    ['<testsuite tests="1" failures="0">', "ends too early"],
    ['<testsuite tests="1"><testcase></testsuite>', "do not close in order"],
    ['<!DOCTYPE x [<!ENTITY a "b">]><testsuite tests="1"/>', "declares a document type"],
    ["<html><body/></html>", "its root is <html>"],
    ["", "holds no test suite"],
    ['<testsuite tests="1" failures=0/>', "no well-formed XML"],
    ["{}", "holds no test suite"],
  ])("%s is refused: %s", (xml, words) => {
    expect(() => countTests(xml, "report.xml")).toThrow(words)
  })

  test("several reports are one result; hostile ones are read in time", () => {
    const one = countTests('<testsuite tests="2" failures="1" time="1.5"/>', "a")
    expect(addCounts([one, one])).toMatchObject({ tests: 4, failed: 2, seconds: 3 })
    const began = performance.now()
    expect(() => countTests(`<testsuite ${'a="b" '.repeat(50_000)}`, "a")).toThrow()
    expect(() => countTests(`<testsuite${" ".repeat(200_000)}`, "a")).toThrow()
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

test("patterns", () => {
  const matching = (glob: string, ...paths: string[]) => paths.filter(globMatcher(glob))
  expect(matching("*.js", "a.js", "b/a.js", "ajs")).toEqual(["a.js"])
  expect(matching("**/*.{js,css}", "a.js", "b/c/d.css", "e.ts")).toEqual(["a.js", "b/c/d.css"])
  expect(matching("a/**", "a/b", "a/b/c", "b/a")).toEqual(["a/b", "a/b/c"])
  expect(matching("a?+(1).js", "ab+(1).js", "a/+(1).js")).toEqual(["ab+(1).js"])
})

test("what CI systems say of a job", () => {
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.com",
    ...{
      GITHUB_REPOSITORY: "postd/postd",
      GITHUB_RUN_ID: "7",
      GITHUB_RUN_ATTEMPT: "2",
      GITHUB_SHA: "abc",
      GITHUB_JOB: "prove",
    },
  }
  expect(detectCi(github)).toEqual({
    source: "GitHub Actions",
    job: "prove",
    link: "https://github.com/postd/postd/actions/runs/7/attempts/2",
    facts: [
      { label: "Commit", value: "abc" },
      { label: "Job", value: "prove" },
    ],
  })
  const gitlab = { GITLAB_CI: "true", CI_JOB_URL: "javascript:alert(1)", CI_COMMIT_SHA: "abc", CI_JOB_NAME: "lint" }
  expect(detectCi(gitlab)).toMatchObject({ source: "GitLab CI", job: "lint", link: null })
  expect(detectCi({ CI: "true" })).toBeNull()
})

describe("pushed", () => {
  const folder = mkdtempSync(join(tmpdir(), "golive-cli-"))
  const seen: { url: string; key: unknown; body: string }[] = []
  let status = 201
  let server: Awaited<ReturnType<typeof startAnswering>>
  let url = ""
  beforeAll(async () => {
    server = await startAnswering((req, res, body) => {
      seen.push({ url: req.url ?? "", key: req.headers["idempotency-key"], body })
      res.writeHead(status, { "content-type": "application/json" })
      res.end(JSON.stringify(status === 201 ? { release: {}, events: [] } : { status, detail: "This token may not." }))
    })
    url = server.url("").replace(/\/$/, "")
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  async function push(args: string[], env: Record<string, string> = {}, stdin: string[] = []) {
    seen.length = 0
    const ran = await runCli(["evidence", "push", "--release", ID, "--item", "lint", ...args], { url, env, stdin })
    const last = seen.at(-1)
    return { ...ran, sent: last?.url.endsWith("/evidence") ? JSON.parse(last.body) : null }
  }

  test("what a person says, from the options and standard input", async () => {
    const { code, sent, out } = await push(
      [
        "--outcome",
        "passed",
        "--summary",
        "It is so",
        "--text-file",
        "-",
        "--fact",
        "a=b=c",
        "--link",
        "https://x.example/7",
        "--at",
        "2026-05-01T12:00:00+02:00",
      ],
      {},
      ["one\u001b[31m\n", "two\u0000"],
    )
    expect(code).toBe(0)
    expect(out).toBe("lint: passed. It is so\n")
    expect(sent).toEqual({
      ...{
        outcome: "passed",
        summary: "It is so",
        text: "one\ntwo",
        link: "https://x.example/7",
        at: "2026-05-01T10:00:00.000Z",
      },
      facts: [{ label: "a", value: "b=c" }],
    })
  })

  test("files come first, each with a key of its own", async () => {
    const paths = [file("a.txt", "A"), file("b.txt", "B")]
    const { code } = await push([
      "--file",
      paths[0] ?? "",
      "--file",
      paths[1] ?? "",
      "--outcome",
      "failed",
      "--idempotency-key",
      "k",
    ])
    expect(code).toBe(0)
    expect(seen.map(({ url, key }) => `${url.split("/checklist/")[1]} ${key}`)).toEqual([
      "lint/files?name=a.txt k-file-1",
      "lint/files?name=b.txt k-file-2",
      "lint/evidence k",
    ])
    expect(seen.map(({ body }) => body).slice(0, 2)).toEqual(["A", "B"])
  })

  test("a program: its output passes through, its exit code decides and is given back", async () => {
    const program =
      'console.log("token: " + process.env.GOLIVE_TOKEN); console.error(process.env.DB_PASSWORD); process.exit(3)'
    const { code, out, err, sent } = await push(["--", process.execPath, "-e", program], {
      ...{
        DB_PASSWORD: "hunter2-hunter2",
        GITLAB_CI: "true",
        CI_JOB_NAME: "lint",
        CI_JOB_URL: "https://gitlab.example/7",
      },
    })
    expect(code).toBe(3)
    expect(out).toMatch(/^token: undefined\n/)
    expect(err).toContain("hunter2-hunter2")
    expect(sent).toMatchObject({ outcome: "failed", source: "GitLab CI", link: "https://gitlab.example/7" })
    expect(sent.summary).toMatch(/failed with exit code 3 after [\d.]+ s\.$/)
    expect(sent.text).toContain("token: undefined")
    expect(JSON.stringify(sent)).not.toContain("hunter2")
    expect(sent.facts.map((fact: { label: string }) => fact.label)).toEqual(["Command", "Exit code", "Duration", "Job"])
  })

  test("a program that passed, or cannot be started", async () => {
    const passed = await push(["--from-command", "--", process.execPath, "-e", "console.log('x'.repeat(300000))"])
    expect(passed.code).toBe(0)
    expect(passed.sent).toMatchObject({ outcome: "passed" })
    expect(passed.sent.text.length).toBeLessThanOrEqual(20_000)
    const missing = await push(["--", "/no/such/program"])
    expect(missing.code).toBe(127)
    expect(missing.sent).toMatchObject({ outcome: "failed", summary: expect.stringContaining("could not be started") })
  })

  test("a refused push: 6; around a program its own code first, and 0 only where it is asked for", async () => {
    status = 403
    const run = (script: string, ...more: string[]) => push([...more, "--", process.execPath, "-e", script])
    expect(await push(["--outcome", "passed"])).toMatchObject({ code: 6, out: "", err: "This token may not.\n" })
    expect(await run("process.exit(3)")).toMatchObject({ code: 3, err: "This token may not.\n" })
    expect((await run("")).code).toBe(6)
    expect((await run("", "--best-effort")).code).toBe(0)
    status = 201
  })

  test("reports and sizes decide, and fail the command where they fail", async () => {
    file("reports/a.xml", '<testsuite tests="2"/>')
    file("reports/deep/b.xml", '<testsuite tests="3" failures="1"/>')
    const reports = await push(["--junit", join(folder, "reports/**/*.xml")])
    expect(reports.code).toBe(1)
    expect(reports.sent).toMatchObject({ outcome: "failed", summary: "1 of 5 tests failed." })
    file("dist/a.js", "a".repeat(100_000))
    file("dist/b.css", "b")
    const size = await push(["--size", join(folder, "dist/*.{js,css}"), "--max", "1KB"])
    expect(size.code).toBe(0)
    expect(size.sent).toMatchObject({
      outcome: "passed",
      summary: expect.stringContaining("within the limit of 1.0 KB"),
    })
    expect((await push(["--size", join(folder, "dist/*"), "--max", "100B"])).code).toBe(1)
  })

  test.each([
    [["--junit", join(folder, "none/*.xml")], /No file matches/],
    [["--file", join(folder, "none.txt")], /There is no file/],
    [["--size", folder, "--max", "1KB"], /is no file/],
  ])("%j: exit code 2, and nothing is sent", async (args, words) => {
    const { code, err } = await push(args)
    expect(code).toBe(2)
    expect(err).toMatch(words)
    expect(seen).toEqual([])
  })

  test("the token is in nothing that is said or sent", async () => {
    const { out, err, sent } = await push(["--summary", `see ${TOKEN}`, "--debug"])
    expect(out + err + JSON.stringify(sent)).not.toContain(TOKEN)
  })
})
