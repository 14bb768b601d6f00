import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { promisify } from "node:util"
import { createSampleRepository, type SampleVersion } from "../create-repository"

const run = promisify(execFile)

/** A clone of the sample repository at a version, built. */
export async function checkOutVersion(root: string, version: SampleVersion): Promise<string> {
  const { originDirectory } = await createSampleRepository({ directory: join(root, "postd") })
  const directory = join(root, version)
  await run("git", ["clone", "--quiet", "--branch", version, originDirectory, directory])
  const built = await runScript(directory, "build")
  if (built.code !== 0) throw new Error(built.output)
  return directory
}

/** Runs `npm run <script>` there. */
export async function runScript(directory: string, script: string, env: Record<string, string> = {}) {
  const child = spawn("npm", ["run", "--silent", script], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk))
  const [code] = await once(child, "close")
  return { code: Number(code), output }
}

/** Runs the built service on a free port. */
export async function serve(directory: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["dist/server.js"], {
    cwd: directory,
    env: { PATH: process.env.PATH, PORT: "0", ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "ignore"],
  })
  const [line] = await once(createInterface({ input: child.stdout }), "line")
  const { port }: { port: number } = JSON.parse(String(line))
  return { url: `http://127.0.0.1:${port}`, pid: Number(child.pid), stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  child.kill("SIGTERM")
  const [code] = await once(child, "exit")
  return code
}
