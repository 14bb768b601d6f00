import { existsSync } from "node:fs"
import { join, resolve } from "node:path"

export type Settings = {
  root: string
  dev: boolean
  dataDirectory: string
  host: string
  port: number
  /** Where people open it. */
  address: string
  /** No DATABASE_URL: PostgreSQL comes with the console. */
  embedded: boolean
  /** Seed the sample service and its people. Never on a server, unless GOLIVE_SEED=demo asks for it. */
  demo: boolean
}

/** Reads `.env` (what is set already has precedence) and gives everything its default. Throws with one sentence. */
export function readSettings(input: { root: string; dev: boolean }): Settings {
  const file = join(input.root, ".env")
  if (existsSync(file)) process.loadEnvFile(file)
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)
  }
  const host = process.env.HOST || "127.0.0.1"
  const embedded = !process.env.DATABASE_URL
  return {
    ...input,
    dataDirectory: resolve(input.root, process.env.GOLIVE_DATA_DIR || ".golive"),
    host,
    port,
    address: process.env.NEXTAUTH_URL || `http://${nameOf(host)}:${port}`,
    embedded,
    demo: process.env.GOLIVE_SEED ? process.env.GOLIVE_SEED === "demo" : embedded,
  }
}

/** This machine by its name, wherever the console listens on it: browsers make no passkeys for an IP address. */
function nameOf(host: string): string {
  return ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host) ? "localhost" : host
}
