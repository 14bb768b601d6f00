import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { lengthenTimeline } from "@/lib/server/audit/long-timeline.fixture"
import { forgetEnv } from "@/lib/server/env"
import { cloneDatabase, startDatabaseServer } from "@/lib/testing/database/database-server"
import { closeConsole } from "@/lib/testing/world/close-console"
import { consoleWorld } from "@/lib/testing/world/console-world"

const SAMPLE_MS = 50

export interface AuditFigures {
  events: number
  /** Making the events: hashes, rows and state. */
  writeMs: number
  /** The command from its start to its end, and the part that its own clock saw. */
  verifyMs: number
  eventsPerSecond: number
  /** The most memory that the command held, MiB; null where the system does not tell. */
  peakMiB: number | null
}

/**
 * How fast `audit:verify` goes through one release's timeline of each length, and how much memory it takes, on a database
 * of its own in `directory`. Lengths have to grow: it is one timeline that is made longer.
 */
export async function measureAudit(directory: string, lengths: readonly number[]): Promise<AuditFigures[]> {
  await mkdir(join(directory, "data"), { recursive: true })
  const server = await startDatabaseServer(join(directory, "database"))
  const before = { ...process.env }
  try {
    const url = await cloneDatabase(server.adminUrl, "bench_audit")
    const secret = () => randomBytes(32).toString("base64")
    const settings = {
      GOLIVE_SECRET_KEY: secret(),
      NEXTAUTH_SECRET: secret(),
      GOLIVE_DATA_DIR: join(directory, "data"),
    }
    Object.assign(process.env, { ...settings, DATABASE_URL: url, LOG_LEVEL: "silent" })
    forgetEnv()
    const id = await (await consoleWorld()).release()
    const figures: AuditFigures[] = []
    for (const events of lengths) {
      const began = performance.now()
      await lengthenTimeline(id, events)
      const writeMs = Math.round(performance.now() - began)
      figures.push({ events, writeMs, ...(await runCommand(events)) })
    }
    return figures
  } finally {
    await closeConsole()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    forgetEnv()
    await server.stop()
  }
}

async function runCommand(events: number): Promise<Omit<AuditFigures, "events" | "writeMs">> {
  const began = performance.now()
  const child = spawn(process.execPath, ["scripts/audit-verify.mjs"], { stdio: ["ignore", "pipe", "ignore"] })
  let said = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text
  })
  let peakMiB: number | null = null
  const sampling = setInterval(async () => {
    peakMiB = (await peakOf(child.pid ?? 0)) ?? peakMiB
  }, SAMPLE_MS)
  const [code] = await once(child, "close")
  clearInterval(sampling)
  const verifyMs = Math.round(performance.now() - began)
  if (code !== 0 || !said.includes(`${events} events`)) throw new Error(`the timeline was not verified:\n${said}`)
  return { verifyMs, eventsPerSecond: Number(/(\d+) events\/s/.exec(said)?.[1]), peakMiB }
}

/** The high-water mark that Linux keeps of a process. */
async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  return kib === undefined ? null : Math.round(Number(kib) / 1024)
}
