// Writes what is generated: the Prisma client (prisma/generated, not committed) and the registries of kinds (committed).
// With --check nothing is written: the command fails if a registry does not match its folders.
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { hashFiles } from "./lib/hash-files.mjs"
import { registryFiles } from "./lib/registries.mjs"

const run = promisify(execFile)
const root = fileURLToPath(new URL("..", import.meta.url))

/** @returns {Promise<string[]>} the registries, relative to the root, that differ from what their folders ask for */
export async function staleRegistries() {
  const stale = []
  for (const { path, content } of await registryFiles(root)) {
    const now = await readFile(join(root, path), "utf8").catch(() => null)
    if (now !== content) stale.push({ path, content })
  }
  return stale
}

async function writeRegistries() {
  for (const { path, content } of await staleRegistries()) await writeFile(join(root, path), content)
}

async function generateClient() {
  const client = join(root, "prisma/generated/client")
  const stamp = join(root, "prisma/generated/stamp")
  const inputs = ["prisma/schema", "prisma.config.ts", "package-lock.json"]
  const hash = await hashFiles(root, inputs)
  if (existsSync(client) && (await readFile(stamp, "utf8").catch(() => "")) === hash) return
  if ((await readdir(join(root, "prisma/schema")).catch(() => [])).length === 0) return
  const cli = join(root, "node_modules/prisma/build/index.js")
  await run(process.execPath, [cli, "generate"], {
    cwd: root,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  })
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, hash)
}

export async function generate() {
  await generateClient()
  await writeRegistries()
}

async function main() {
  if (!process.argv.includes("--check")) return generate()
  const stale = await staleRegistries()
  if (stale.length === 0) return
  const names = stale.map((file) => file.path).join(", ")
  throw new Error(
    `${names}: no longer what the folders beside it ask for. Run "npm run generate" and commit the result.`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}
