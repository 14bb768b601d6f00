import { expect, test } from "vitest"
import { parseCommandLine } from "./parse-command-line"
import { runCli, TOKEN } from "./run-cli.fixture"

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"

function parsed(...args: string[]) {
  const line = parseCommandLine(args, {})
  if (line.kind !== "run") throw new Error(`meant as ${line.kind}`)
  return line
}

test("commands, their options, and global options wherever they stand", () => {
  expect(parsed("release", "list").command.words).toEqual(["release", "list"])
  const line = parsed("--json", "--url", "https://x.example", "gate", ID, "--wait", "10m")
  expect(line.command.words).toEqual(["gate"])
  expect(line.positionals).toEqual([ID])
  expect(line.values.flag("json")).toBe(true)
  expect(line.values.text("wait")).toBe("10m")
})

test("release create has a version of its own, golive --version is the program's", () => {
  const args = ["--service", "postd", "--environment", "production", "--ref", "v1", "--version", "1.1.0"]
  expect(parsed("release", "create", ...args).values.text("version")).toBe("1.1.0")
  expect(parseCommandLine(["--version"], {})).toEqual({ kind: "version" })
})

test("what stands behind -- is the program's, options too", () => {
  const line = parsed("evidence", "push", "--release", ID, "--item", "lint", "--", "npm", "run", "lint", "--", "--help")
  expect(line.commandLine).toEqual(["npm", "run", "lint", "--", "--help"])
  expect(line.values.flag("help")).toBe(false)
})

test("help at every level", () => {
  expect(parseCommandLine(["--help"], {})).toEqual({ kind: "help", words: [] })
  expect(parseCommandLine(["release", "--help"], {})).toEqual({ kind: "help", words: ["release"] })
  expect(parseCommandLine(["evidence", "push", "--help"], {})).toEqual({ kind: "help", words: ["evidence", "push"] })
  expect(parseCommandLine(["help", "gate"], {})).toEqual({ kind: "help", words: ["gate"] })
})

test.each([
  [["relase", "list"], /no command "relase"/],
  [["release"], /Which command/],
  [[], /Which command/],
  [["release", "lists"], /no command "release lists"/],
  [["gate"], /Which release/],
  [["gate", "not a release"], /is no release/],
  [["gate", "latest"], /needs --service and --environment/],
  [["gate", ID, "--release", ID], /named twice/],
  [["gate", ID, ID], /one argument too many/],
  [["gate", ID, "--wiat", "1m"], /Unknown option '--wiat'/],
  [["gate", ID, "--wait"], /--wait/],
  [["gate", ID, "--wait", "soon"], /--wait must be a duration/],
  [["gate", ID, "--", "ls"], /runs no program/],
  [["gate", ID, "--timeout", "0s"], /--timeout must be a duration/],
  [["release", "create", "--service", "a"], /--environment is missing/],
  [["release", "rollback", ID], /--reason is missing/],
  [["release", "rollback", ID, "--reason", " "], /--reason must not be empty/],
  [["release", "list", "--limit", "0"], /--limit must be a number/],
  [["prove", ID, "--stale", "--all"], /exclude each other/],
  [["evidence", "push", "--release", ID], /--item is missing/],
  [["evidence", "push", "--release", ID, "--item", "a"], /nothing to push/],
  [["evidence", "push", "--release", ID, "--item", "a", "--"], /No program stands/],
  [["evidence", "push", "--release", ID, "--item", "a", "--from-command"], /needs a program/],
  [["evidence", "push", "--release", ID, "--item", "a", "--outcome", "ok"], /must be passed or failed/],
  [["evidence", "push", "--release", ID, "--item", "a", "--outcome", "passed", "--", "ls"], /decided by the program/],
  [["evidence", "push", "--release", ID, "--item", "a", "--size", "x"], /--size and --max belong together/],
  [["evidence", "push", "--release", ID, "--item", "a", "--size", "x", "--max", "500"], /must be a size/],
  [["evidence", "push", "--release", ID, "--item", "a", "--fact", "=5"], /must be label=value/],
  [["evidence", "push", "--release", ID, "--item", "a", "--link", "javascript:alert(1)"], /http or https/],
  [["evidence", "push", "--release", ID, "--item", "a", "--summary", "s", "--at", "yesterday"], /must be an instant/],
  [
    ["evidence", "push", "--release", ID, "--item", "a", "--junit", "a.xml", "b.xml"],
    /pattern for files has to be in quotes/,
  ],
])("%j is refused, with usage on stderr and exit code 2", async (args, words) => {
  const { code, out, err } = await runCli(args, { url: "http://127.0.0.1:9" })
  expect(code).toBe(2)
  expect(out).toBe("")
  expect(err).toMatch(words)
  expect(err).toContain("Usage")
})

test.each([
  [{}, /Where is the console/],
  [{ GOLIVE_URL: "https://x.example" }, /Who asks/],
  [{ GOLIVE_URL: "golive.example", GOLIVE_TOKEN: TOKEN }, /is no URL/],
  [{ GOLIVE_URL: "ftp://x.example", GOLIVE_TOKEN: TOKEN }, /must begin with https/],
  [{ GOLIVE_URL: "https://a:b@x.example", GOLIVE_TOKEN: TOKEN }, /user name or a password/],
  [{ GOLIVE_URL: "http://golive.example", GOLIVE_TOKEN: TOKEN }, /not sent over plain http/],
  [{ GOLIVE_URL: "http://127.0.0.1.evil.example", GOLIVE_TOKEN: TOKEN }, /not sent over plain http/],
  [{ GOLIVE_URL: "https://x.example", GOLIVE_TOKEN: `${TOKEN}\nX-Other: 1` }, /is no token/],
])("settings %j are refused without the token in the words", async (env, words) => {
  const { code, out, err } = await runCli(["whoami"], { env })
  expect(code).toBe(2)
  expect(err).toMatch(words)
  expect(out + err).not.toContain(TOKEN)
})

test("a token in the wrong place does not come back in the complaint", async () => {
  const { code, out, err } = await runCli(["gate", TOKEN], { url: "http://127.0.0.1:9" })
  expect(code).toBe(2)
  expect(out + err).not.toContain(TOKEN)
  const twice = await runCli(["--token", "glv_another-token-42", "gate", "glv_another-token-42"])
  expect(twice.out + twice.err).not.toContain("glv_another-token-42")
})
