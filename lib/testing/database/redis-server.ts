import { type ChildProcess, spawn } from "node:child_process"
import { mkdir } from "node:fs/promises"
import { connect } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { findFreePort } from "@/lib/server/embedded/free-port"

export type RedisServer = { url: string; port: number; pid: number; stop(): Promise<void> }

const START_TIMEOUT_MS = 10_000

/**
 * A real Redis that keeps nothing, on 127.0.0.1. The program is `redis-server` of the system, or what REDIS_SERVER names.
 * With `port` it comes back where it was, which is how a restart without data is played.
 */
export async function startRedisServer(directory: string, port?: number): Promise<RedisServer> {
  await mkdir(directory, { recursive: true })
  const chosen = port ?? (await findFreePort())
  const program = process.env.REDIS_SERVER || "redis-server"
  const child = spawn(
    program,
    ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory],
    // Its own group: Ctrl-C must not take it away before its clients have ended.
    { stdio: "ignore", detached: true },
  )
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message))
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`))
  })
  const reason = await Promise.race([answering(chosen), ended])
  if (reason !== null) {
    child.kill("SIGKILL")
    throw new Error(
      `${program} did not start on port ${chosen}: ${reason}. Install it (Debian: apt-get install redis-server).`,
    )
  }
  return { url: `redis://127.0.0.1:${chosen}`, port: chosen, pid: child.pid ?? 0, stop: () => stop(child) }
}

/** Null once it answers; a sentence when the time is up. */
async function answering(port: number): Promise<string | null> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port })
      socket.setTimeout(500, () => socket.destroy())
      socket.once("connect", () => socket.write("PING\r\n"))
      socket.once("data", (data) => {
        resolve(data.toString().startsWith("+PONG"))
        socket.destroy()
      })
      socket.once("error", () => socket.destroy())
      socket.once("close", () => resolve(false))
    })
    if (answers) return null
    await delay(20)
  }
  return `no answer within ${START_TIMEOUT_MS} ms`
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  child.kill("SIGTERM")
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000)
  await ended
  clearTimeout(timer)
}
