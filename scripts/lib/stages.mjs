import { spawn } from "node:child_process"
import { mkdir, readFile, rm } from "node:fs/promises"
import { dirname, join, relative } from "node:path"

/**
 * @typedef {{ file: string, test: string, message: string }} Failure
 * @typedef {{ passed: number, failed: number, failures?: Failure[], unstable?: Failure[] }} Count
 */

const GRACE_MS = 15_000
/** More failed files than this are no accident: they are not tried again. */
const SECOND_TRIES = 4
let current
let interrupted = false

/**
 * Runs a command with its output streamed through; answers with its exit code. Its whole process group ends with it.
 * @param {string} root
 * @param {string[]} args for this Node
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
export function runNode(root, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...env },
      // A group of its own: a Ctrl-C reaches it once, from here, and what it leaves behind is ended with it.
      detached: true,
    })
    current = child
    child.once("error", reject)
    child.once("close", (code, signal) => {
      signalGroup(child, "SIGKILL")
      current = undefined
      resolve(signal ? 1 : (code ?? 1))
    })
  })
}

/** Asks the running command to end; after a grace, or when asked a second time, ends its whole group. */
export function interrupt(second) {
  interrupted = true
  if (!current) return
  const child = current
  if (second) return signalGroup(child, "SIGKILL")
  child.kill("SIGINT")
  setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS).unref()
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is empty.
  }
}

/** A command that either passes or does not. */
export async function single(root, args) {
  return (await runNode(root, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * Runs a Vitest project. A few failed files are tried once more, alone: a machine that stood still for a moment
 * fails a test that waits, a defect fails it twice. What passes only then is named as unstable, never hidden.
 * @returns {Promise<Count>}
 */
export async function vitest(root, name, args) {
  const first = await runVitest(root, name, args)
  const files = [...new Set(first.failures.map((failure) => failure.file))]
  if (interrupted || files.length === 0 || files.length > SECOND_TRIES) return first
  console.log(`\n── ${name}, once more: ${files.length === 1 ? "the file" : `the ${files.length} files`} that failed\n`)
  const second = await runVitest(root, `${name}-again`, [...args, "--maxWorkers=1", ...files])
  if (second.passed === 0) return first
  const before = new Set(first.failures.map(title))
  const again = new Set(second.failures.map(title))
  const recovered = first.failures.filter((failure) => !again.has(title(failure)))
  const newly = second.failures.filter((failure) => !before.has(title(failure)))
  return {
    passed: first.passed + recovered.length - newly.length,
    failed: second.failures.length,
    failures: second.failures,
    unstable: recovered,
  }
}

const title = (failure) => `${failure.file} › ${failure.test}`

async function runVitest(root, name, args) {
  const report = await freshReport(root, name)
  const code = await runNode(root, [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    ...args,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ])
  const answer = await read(report)
  const failures = (answer?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === "failed")
    const at = relative(root, file.name)
    // A file that does not load has no tests that could have failed.
    if (failed.length === 0 && file.status === "failed") return [{ file: at, test: "the file", message: file.message }]
    return failed.map((test) => ({ file: at, test: test.fullName, message: test.failureMessages[0] ?? "" }))
  })
  return { ...count(code, answer?.numPassedTests, answer?.numFailedTests), failures, unstable: [] }
}

/**
 * Runs the browser specs. A test that fails is tried once more (see playwright.config.ts) and named when that helped.
 * @returns {Promise<Count>}
 */
export async function playwright(root, name, env) {
  const report = await freshReport(root, name)
  const cli = join(root, "node_modules/@playwright/test/cli.js")
  const code = await runNode(root, [cli, "test", "--reporter=list,json"], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const answer = await read(report)
  const tests = (answer?.suites ?? []).flatMap(specsOf)
  const inWords = (test) => ({
    file: test.file,
    test: test.title,
    message: test.tests.flatMap((run) => run.results).find((result) => result.error)?.error.message ?? "",
  })
  const { expected, unexpected, flaky } = answer?.stats ?? { expected: 0, unexpected: 0, flaky: 0 }
  return {
    ...count(code, expected + flaky, unexpected),
    failures: tests.filter((test) => test.tests.some((run) => run.status === "unexpected")).map(inWords),
    unstable: tests.filter((test) => test.tests.some((run) => run.status === "flaky")).map(inWords),
  }
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

/** A run that fails without a failed test (a file that does not load, a server that does not start) is one failure. */
function count(code, passed = 0, failed = 0) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

async function freshReport(root, name) {
  const path = join(root, "test-results/reports", `${name}.json`)
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  return path
}

async function read(path) {
  return readFile(path, "utf8")
    .then(JSON.parse)
    .catch(() => null)
}
