import { spawn } from "node:child_process"

/** Runs a Node program to its end. Throws with everything it said if it fails. */
export async function runOnce(input: {
  what: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal
}): Promise<void> {
  const child = spawn(process.execPath, input.args, {
    cwd: input.cwd,
    env: input.env,
    stdio: ["ignore", "pipe", "pipe"],
    signal: input.signal,
    killSignal: "SIGKILL",
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", resolve)
  })
  if (code !== 0) throw new Error(`${input.what} failed:\n${Buffer.concat(said).toString("utf8").trim()}`)
}
