import { spawn } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { bundleCli } from "./bundle-cli.mjs"
import { bundlePrograms } from "./bundle-programs.mjs"
import { hashFiles } from "./hash-files.mjs"

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
]

/** A build reads modules that read the environment; it reaches nothing, so that these need only have the right form. */
const PLACEHOLDERS = {
  DATABASE_URL: "postgresql://build@127.0.0.1:9/build",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "only-while-building-only-while-building",
  GOLIVE_SECRET_KEY: Buffer.alloc(32).toString("base64"),
  GOLIVE_DATA_DIR: "/tmp",
}

/**
 * `next build`, unless the last build was made from the same sources.
 * @param {string} root
 * @param {{ signal?: AbortSignal, force?: boolean }} options
 * @returns {Promise<boolean>} whether anything was built; throws with the compiler's words
 */
export async function buildConsole(root, { signal, force = false } = {}) {
  // Served by the console, so that a job can fetch its client from there; the same bytes each time.
  await Promise.all([bundleCli(root), bundlePrograms(root)])
  const stamp = join(root, ".next/golive-sources")
  const wanted = await hashFiles(root, SOURCES)
  if (!force && (await readFile(stamp, "utf8").catch(() => null)) === wanted) return false
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: { ...process.env, ...PLACEHOLDERS, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk))
  // The whole group: the build has workers of its own.
  const stop = () => child.pid && process.kill(-child.pid, "SIGKILL")
  signal?.addEventListener("abort", stop)
  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject)
      child.once("close", resolve)
    })
    if (signal?.aborted) throw new Error("The build was stopped.")
    if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(said).toString("utf8").trim()}`)
  } finally {
    signal?.removeEventListener("abort", stop)
  }
  await writeFile(stamp, wanted)
  return true
}
