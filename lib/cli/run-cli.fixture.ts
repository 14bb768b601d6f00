import { Writable } from "node:stream"
import { main } from "./main"

export const TOKEN = "glv_secret-token-0123456789"

export interface Ran {
  code: number
  out: string
  err: string
}

/** Carries a command line out in this process, against the console at this address. */
export async function runCli(
  args: string[],
  { url, env = {}, stdin = [], signal = new AbortController().signal }: RunOptions = {},
): Promise<Ran> {
  const written = { out: "", err: "" }
  const to = (name: "out" | "err") =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk.toString()
        done()
      },
    })
  const stdinBytes = (async function* () {
    yield* stdin
  })()
  const code = await main(args, {
    env: { PATH: process.env.PATH, ...(url ? { GOLIVE_URL: url, GOLIVE_TOKEN: TOKEN } : {}), ...env },
    stdin: stdinBytes,
    stdout: to("out"),
    stderr: to("err"),
    signal,
  })
  return { code, ...written }
}

interface RunOptions {
  url?: string
  env?: Record<string, string>
  stdin?: string[]
  signal?: AbortSignal
}
