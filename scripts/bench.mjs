// npm run bench: figures of one run on one machine. Plain Node, so that it can install the rest.
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { generate } from "./generate.mjs"
import { installPackages, requireNode } from "./lib/install.mjs"

requireNode()
const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
await installPackages(root)
await generate()
const { findChromium, findRedis } = await import("./lib/find-programs.mjs")
const env = { ...process.env, PLAYWRIGHT_CHROMIUM: await findChromium(), REDIS_SERVER: findRedis() }
const child = spawn(process.execPath, ["--import", "tsx", "e2e/bench/main.ts"], { env, stdio: "inherit" })
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
child.on("exit", (code) => process.exit(code ?? 1))
