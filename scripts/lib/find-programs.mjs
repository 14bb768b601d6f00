import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"

const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
const CHROMIUM_ELSEWHERE = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]

/**
 * A Chromium for the browser tests: named in PLAYWRIGHT_CHROMIUM, the system's, Playwright's own, or installed now.
 * @returns {Promise<string>} its path; throws with what to do if there is none
 */
export async function findChromium() {
  if (process.env.PLAYWRIGHT_CHROMIUM) return process.env.PLAYWRIGHT_CHROMIUM
  const found = () => onPath(CHROMIUM_NAMES) ?? CHROMIUM_ELSEWHERE.find((path) => existsSync(path))
  const system = found()
  if (system) return system
  const own = await playwrightsOwn()
  if (own) return own
  if (aptInstall("chromium")) {
    const installed = found()
    if (installed) return installed
  }
  spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { stdio: "inherit" })
  const downloaded = await playwrightsOwn()
  if (downloaded) return downloaded
  throw new Error(
    "The browser tests need Chromium and none could be installed. Install Chromium or Chrome, or set PLAYWRIGHT_CHROMIUM to its path.",
  )
}

/** @returns {string} the path of redis-server; throws with what to do if there is none */
export function findRedis() {
  if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER
  const found = onPath(["redis-server", "valkey-server"])
  if (found) return found
  if (aptInstall("redis-server") || install("brew", ["install", "redis"])) {
    const installed = onPath(["redis-server"])
    if (installed) return installed
  }
  throw new Error(
    "The tests need a Redis server and none could be installed. Install redis-server (Debian: apt-get install redis-server; macOS: brew install redis), or set REDIS_SERVER to its path.",
  )
}

/** @returns {string} the path of prometheus; throws with what to do if there is none */
export function findPrometheus() {
  if (process.env.PROMETHEUS_SERVER) return process.env.PROMETHEUS_SERVER
  const found = onPath(["prometheus"])
  if (found) return found
  if (aptInstall("prometheus") || install("brew", ["install", "prometheus"])) {
    const installed = onPath(["prometheus"])
    if (installed) return installed
  }
  throw new Error(
    "The tests need a Prometheus server and none could be installed. Install prometheus (Debian: apt-get install prometheus; macOS: brew install prometheus), or set PROMETHEUS_SERVER to its path.",
  )
}

/** @returns {string} the path of nginx; throws with what to do if there is none */
export function findNginx() {
  if (process.env.NGINX_SERVER) return process.env.NGINX_SERVER
  const found = () => onPath(["nginx"]) ?? ["/usr/sbin/nginx"].find(isExecutable)
  const here = found()
  if (here) return here
  if (aptInstall("nginx-light") || install("brew", ["install", "nginx"])) {
    const installed = found()
    if (installed) return installed
  }
  throw new Error(
    "The tests need nginx and it could not be installed. Install nginx (Debian: apt-get install nginx-light; macOS: brew install nginx), or set NGINX_SERVER to its path.",
  )
}

/**
 * What the tests of container strategies need: an engine they may start, its command line, and Compose.
 * @returns {{ missing: string | null }} what is missing in words, where this machine cannot run an engine of the tests' own
 */
export function findContainerEngine() {
  if (process.platform !== "linux") return { missing: "container engines are started by the tests on Linux only" }
  if (process.getuid?.() !== 0) return { missing: "starting a container engine takes root" }
  const wanted = [
    { has: () => onPath(["dockerd"]), packages: ["docker.io"] },
    // From Debian 13 on the command line is a package of its own.
    { has: () => onPath(["docker"]), packages: ["docker-cli"] },
    { has: hasCompose, packages: ["docker-compose"] },
  ]
  for (const { has, packages } of wanted) {
    if (!has()) for (const name of packages) aptInstall(name)
    if (!has()) return { missing: `${packages.join(", ")} is not installed, and could not be` }
  }
  // What an engine does first with every container; sandboxes forbid it.
  const namespaces = spawnSync("unshare", ["--mount", "--pid", "--net", "--fork", "true"], { stdio: "ignore" })
  if (namespaces.status !== 0) return { missing: "this machine does not let root make namespaces" }
  return { missing: null }
}

function hasCompose() {
  if (onPath(["docker-compose"])) return true
  return spawnSync("docker", ["compose", "version"], { stdio: "ignore" }).status === 0
}

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name)
      if (folder && isExecutable(path)) return path
    }
  }
  return undefined
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test")
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function aptInstall(name) {
  if (process.getuid?.() !== 0 || !onPath(["apt-get"])) return false
  const options = ["install", "--yes", "--no-install-recommends", name]
  return install("apt-get", options) || (install("apt-get", ["update"]) && install("apt-get", options))
}

function install(program, args) {
  if (!onPath([program])) return false
  console.log(`  installing: ${program} ${args.join(" ")}`)
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  return spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0
}
