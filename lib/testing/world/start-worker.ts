import { type ChildProcess, spawn } from "node:child_process"
import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))
const START_LIMIT_MS = 90_000

export interface WorkerProcess {
  pid: number
  /** Everything that it has logged so far. */
  output(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves with its exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>
  /** Asks it to end and waits until it has. */
  stop(): Promise<number | NodeJS.Signals>
}

/** Starts a worker as it is run in production, with this process's environment, and waits until it takes runs. */
export async function startWorker({
  directory,
  env = {},
}: {
  directory: string
  env?: Record<string, string>
}): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: "info", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  const file = createWriteStream(join(directory, `worker-${child.pid}.log`))
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
    file.write(chunk)
  }
  child.stdout?.on("data", keep)
  child.stderr?.on("data", keep)
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("exit", (code, signal) => {
      file.end()
      resolve(signal ?? code ?? 0)
    })
  })
  await untilReady(child, () => output)
  return {
    pid: Number(child.pid),
    output: () => output,
    signal: (signal) => void child.kill(signal),
    exited,
    stop: () => {
      // A stopped process hears nothing, not even that it should end.
      child.kill("SIGCONT")
      child.kill("SIGTERM")
      return exited
    },
  }
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  while (!output().includes("the worker is ready")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL")
      throw new Error(`the worker did not start:\n${output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
