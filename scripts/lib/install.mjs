import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { hashFiles } from "./hash-files.mjs"

const OLDEST = [20, 19]

/** Ends the process with one sentence if this Node is too old. Written so that even an old one can read it. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  console.error(
    `Golive needs Node ${OLDEST.join(".")} or newer; this is ${process.versions.node} (${process.execPath}).`,
  )
  process.exit(1)
}

/**
 * Installs exactly what package-lock.json says, unless that is what node_modules holds already.
 * @param {string} root
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function installPackages(root) {
  const stamp = join(root, "node_modules/.golive-install")
  const wanted = await hashFiles(root, ["package-lock.json"])
  const modules = existsSync(join(root, "node_modules/tsx"))
  const installed = await readFile(stamp, "utf8").catch(() => null)
  if (modules && installed === wanted) return false
  // Somebody may have run npm by hand; its own record tells.
  if (modules && (await npmInstalled(root))) {
    await writeFile(stamp, wanted)
    return false
  }
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    // Prisma's packages fetch native engines after their installation unless they are told that there is one.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath },
  })
  if (done.status !== 0) {
    console.error("npm ci failed; what it said is above.")
    process.exit(done.status ?? 1)
  }
  await writeFile(stamp, wanted)
  return true
}

/** npm writes node_modules/.package-lock.json: the lockfile without the root package and what this platform leaves out. */
async function npmInstalled(root) {
  try {
    const wanted = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")).packages
    const present = JSON.parse(await readFile(join(root, "node_modules/.package-lock.json"), "utf8")).packages
    return Object.entries(wanted).every(
      ([path, entry]) => path === "" || entry.optional || present[path]?.integrity === entry.integrity,
    )
  } catch {
    return false
  }
}
