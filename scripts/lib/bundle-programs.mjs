import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { hashFiles } from "./hash-files.mjs"

/** The program that runs beside the web server: one file, and what it loads only when it is needed. */
const PROGRAMS = { worker: "workers/main.ts" }
const SOURCES = ["workers", "lib", "prisma/generated/client", "package-lock.json", "scripts/lib/bundle-programs.mjs"]
/** What another checkout of the same folder may still be running. */
const KEPT = 3

/** @type {Map<string, Promise<string>>} */
const made = new Map()

/**
 * Bundles the worker, unless that was done from the same sources: a program that need not be translated and put together
 * from a thousand files starts in a third of the time. Packages stay where they are.
 * @param {string} root
 * @returns {Promise<string>} the folder with `worker.js`; `dist/programs` leads there, too
 */
export function bundlePrograms(root) {
  const known = made.get(root)
  if (known) return known
  const making = bundle(root)
  made.set(root, making)
  making.catch(() => made.delete(root))
  return making
}

async function bundle(root) {
  const dist = join(root, "dist")
  const name = `programs-${(await hashFiles(root, SOURCES)).slice(0, 16)}`
  const folder = join(dist, name)
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${randomBytes(4).toString("hex")}`
    await write(root, unfinished)
    // Somebody else may have been quicker; theirs is the same.
    await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  }
  await pointTo(dist, name)
  return folder
}

async function write(root, outdir) {
  const { build } = await import("esbuild")
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS,
    outdir,
    bundle: true,
    // What is imported late stays late: the clients of platforms are large, and most workers need none of them.
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    alias: { "@": root },
    charset: "utf8",
    sourcemap: "linked",
    logLevel: "silent",
    plugins: [ownAddresses],
  })
}

/** A module that looks for files beside itself goes on to find them where it was written. */
const ownAddresses = {
  name: "own-addresses",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8")
      if (!source.includes("import.meta.url")) return undefined
      const address = JSON.stringify(pathToFileURL(path).href)
      return { contents: source.replaceAll("import.meta.url", address), loader: "ts" }
    })
  },
}

async function pointTo(dist, name) {
  await mkdir(dist, { recursive: true })
  const link = join(dist, "programs")
  const next = `${link}.${randomBytes(4).toString("hex")}`
  await symlink(name, next)
  await rename(next, link)
  const others = (await readdir(dist)).filter((each) => /^programs-[0-9a-f]{16}$/.test(each) && each !== name).sort()
  for (const old of others.slice(0, -KEPT)) await rm(join(dist, old), { recursive: true, force: true })
}
