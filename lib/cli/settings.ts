import { readFileSync } from "node:fs"
import { UsageFault } from "./fault"
import { parseDurationMs } from "./measures"
import type { Env, Values } from "./options"

const REQUEST_MS = 60_000
const WAIT_MS = 2 * 3_600_000
const LOOPBACK = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/

export interface Settings {
  /** Without a slash at its end. */
  baseUrl: string
  token: string
  /** For a request with all its tries. */
  requestMs: number
  waitMs: number
  idempotencyKey: string | null
}

/** Where the console is and who asks. Throws UsageFault; no message ever holds the token. */
export function readSettings(values: Values, env: Env): Settings {
  const url = readUrl(values.text("url") ?? env.GOLIVE_URL)
  const token = readToken(values, env)
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname) && !values.flag("insecure-http")) {
    throw new UsageFault("The token is not sent over plain http: use https, or say --insecure-http.")
  }
  const timeoutMs = parseDurationMs(values.text("timeout") ?? "")
  const idempotencyKey = values.text("idempotency-key") ?? null
  if (idempotencyKey !== null && !/^[\x21-\x7e]{1,180}$/.test(idempotencyKey)) {
    throw new UsageFault("--idempotency-key must be 1 to 180 printable ASCII characters.")
  }
  return {
    baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    token,
    requestMs: timeoutMs ?? REQUEST_MS,
    waitMs: timeoutMs ?? WAIT_MS,
    idempotencyKey,
  }
}

function readUrl(text: string | undefined): URL {
  if (!text?.trim()) throw new UsageFault("Where is the console? Say --url or set GOLIVE_URL.")
  if (!URL.canParse(text)) throw new UsageFault("The console's address is no URL.")
  const url = new URL(text)
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new UsageFault("The console's address must begin with https:// or http://.")
  }
  if (url.username || url.password) {
    throw new UsageFault("The console's address must not hold a user name or a password.")
  }
  return url
}

function readToken(values: Values, env: Env): string {
  const path = values.text("token-file")
  if (path !== undefined && values.text("token") !== undefined) {
    throw new UsageFault("--token and --token-file exclude each other.")
  }
  const token = (values.text("token") ?? (path === undefined ? env.GOLIVE_TOKEN : readTokenFile(path)) ?? "").trim()
  if (!token) throw new UsageFault("Who asks? Set GOLIVE_TOKEN, or say --token-file.")
  if (!/^[\x21-\x7e]{1,1000}$/.test(token)) throw new UsageFault("What is given as the token is no token.")
  return token
}

function readTokenFile(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw new UsageFault(`--token-file cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
