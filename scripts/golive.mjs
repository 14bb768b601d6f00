#!/usr/bin/env node
// golive: the command-line client, from a clone. `npx golive …` comes here.
import { readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const SOURCES = ["lib/cli", "lib/domain", "lib/contracts", "scripts/lib/bundle-cli.mjs", "package.json"]

/** When this file, or the newest in this folder, was written; 0 where there is none. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !/\.test\.ts$/.test(name))
  return Math.max(stats.mtimeMs, ...entries.map(({ name }) => newest(join(path, name))))
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`golive needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(2)
}

const sourcesMs = Math.max(...SOURCES.map((path) => newest(join(root, path))))
const cached = join(root, "node_modules/.cache/golive/golive.mjs")
let bundle = [join(root, "public/golive.mjs"), cached].find((path) => newest(path) >= sourcesMs)
if (!bundle) {
  if (newest(join(root, "node_modules/esbuild/package.json")) === 0) {
    console.error("Nothing is installed yet. Run npm ci first.")
    process.exit(2)
  }
  const { bundleCli } = await import("./lib/bundle-cli.mjs")
  bundle = (await bundleCli(root, cached)).path
}
await import(pathToFileURL(bundle).href)
