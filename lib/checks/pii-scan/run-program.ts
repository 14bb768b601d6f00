import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { sayEnd } from "../command-end"
import { sayCommand } from "../command-line"
import { sayDuration } from "../duration"
import type { CheckPorts, ProcessAnswer } from "../ports"
import { checkSizeBytes } from "../size"
import type { PiiScanConfig } from "./definition"

/** Not the console's own output: what it writes goes to files, as a run's log may hold no personal data. */
const KEEPER = fileURLToPath(new URL("./keep-output.mjs", import.meta.url))

const endSchema = z.union([
  z.object({ notStarted: z.object({ code: z.string().optional(), message: z.string() }) }),
  z.object({ outBytes: z.number(), errBytes: z.number() }),
])
const WORDS: Record<string, string> = {
  ENOENT: "there is no such program",
  EACCES: "it may not be executed",
  E2BIG: "its arguments are too long",
}

export interface Written {
  end: ProcessAnswer
  /** Files with what came on each of the two outputs. */
  out: string
  err: string
  /** What the larger of the two had in all; null where the program did not end by itself. */
  bytes: number | null
}

/** Rejects with an Error in words where the program could not be started. */
export async function runProgram(
  argv: readonly string[],
  { cwd, timeoutMs }: { cwd: string; timeoutMs: number },
  { env = {}, largest }: PiiScanConfig,
  ports: CheckPorts,
): Promise<Written> {
  const folder = join(await ports.scratch(), "output")
  await mkdir(folder, { recursive: true })
  ports.log("info", `$ ${sayCommand(argv)}\n`)
  const end = await ports.process({
    argv: [process.execPath, KEEPER, folder, String(checkSizeBytes(largest)), ...argv],
    env: { PII_SCAN_ENV: JSON.stringify(env) },
    ...{ cwd, timeoutMs },
  })
  ports.log("info", `${sayEnd(end)} after ${sayDuration(end.tookMs)}\n`)
  const told = await readFile(join(folder, "end.json"), "utf8").catch(() => null)
  const known = told === null ? null : endSchema.parse(JSON.parse(told))
  if (known && "notStarted" in known) {
    const { code = "", message } = known.notStarted
    throw new Error(`${argv[0]} could not be started: ${WORDS[code] ?? message}`)
  }
  const bytes = known ? Math.max(known.outBytes, known.errBytes) : null
  return { end, out: join(folder, "out"), err: join(folder, "err"), bytes }
}
