import { spawn } from "node:child_process"
import { mkdir, readFile, rm } from "node:fs/promises"
import { dirname, join } from "node:path"

/** @typedef {{ passed: number, failed: number }} Count */

const GRACE_MS = 15_000
let current

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

/** @returns {Promise<Count>} */
export async function vitest(root, name, args) {
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
  return count(code, answer?.numPassedTests, answer?.numFailedTests)
}

/** @returns {Promise<Count>} */
export async function playwright(root, name, env) {
  const report = await freshReport(root, name)
  const cli = join(root, "node_modules/@playwright/test/cli.js")
  const code = await runNode(root, [cli, "test", "--reporter=list,json"], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const stats = (await read(report))?.stats
  return count(code, stats?.expected, stats ? stats.unexpected + stats.flaky : undefined)
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
