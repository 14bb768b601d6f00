import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import { checkSyntax } from "./check-syntax.js"
import { ROOT, sourceFiles } from "./source-files.js"

const STEPS = 4
const delayMs = Number(process.env.BUILD_DELAY_MS ?? 0)
const { name, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
const dist = join(ROOT, "dist")
const files = sourceFiles("src")

await step(1, `checking ${files.length} files of ${name} ${version}`)
if (checkSyntax(files) > 0) {
  process.stderr.write("build failed: the sources do not parse\n")
  process.exit(1)
}
if (process.env.BUILD_FAIL === "1") {
  process.stderr.write("build failed: BUILD_FAIL=1 asks for it\n")
  process.exit(1)
}

await step(2, "copying to dist/")
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const file of files) cpSync(join(ROOT, file), join(dist, basename(file)))

await step(3, "measuring the client bundle")
const assets = readdirSync(join(ROOT, "public")).map((asset) => readFileSync(join(ROOT, "public", asset)))
const gzipBytes = assets.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
process.stdout.write(`bundle size: ${(gzipBytes / 1024).toFixed(1)} KB gzipped\n`)

await step(4, "writing dist/build-manifest.json")
const manifest = {
  name,
  version,
  commit: process.env.COMMIT_SHA || headCommit(),
  files: files.map((file) => {
    const bytes = readFileSync(join(ROOT, file))
    return { path: basename(file), bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }
  }),
  bundle: { gzipBytes },
}
writeFileSync(join(dist, "build-manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`)
process.stdout.write(`built ${name} ${version}${manifest.commit ? ` from ${manifest.commit.slice(0, 7)}` : ""}\n`)

async function step(n, what) {
  process.stdout.write(`[${n}/${STEPS}] ${what}\n`)
  if (delayMs > 0) await delay(delayMs / STEPS)
}

/** Null where the sources are no git checkout. */
function headCommit() {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim()
  } catch {
    return null
  }
}
