import type { z } from "zod"
import { type ForgePorts, ForgeRefusal } from "../contract"

const TIMEOUT_MS = 15_000
const PATIENCE_MS = 20_000
const SAID_CHARS = 300

export interface ForgeCall {
  method?: "GET" | "POST" | "PUT"
  url: string
  body?: unknown
  /** Whether the same may be sent twice; GET and PUT may. */
  repeatable?: boolean
}

/** Asks a forge for JSON. Rejects with a ForgeRefusal in words that hold nothing of the headers. */
export function createAskForge(name: string, headers: Record<string, string>, { platform, signal }: ForgePorts) {
  return async <T>({ method = "GET", url, body, repeatable }: ForgeCall, schema: z.ZodType<T>): Promise<T> => {
    const answer = await platform({
      ...{ method, url, signal, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS },
      ...(repeatable === undefined ? {} : { repeatable }),
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new ForgeRefusal(`${name} could not be reached: ${error instanceof Error ? error.message : error}`, false)
    })
    if (answer.status < 200 || answer.status >= 300) {
      throw new ForgeRefusal(`${name} ${meaning(answer.status)}${said(answer.body)}`, isFinal(answer.status))
    }
    const parsed = schema.safeParse(read(answer.body))
    if (!parsed.success) throw new ForgeRefusal(`${name}'s answer is not what it should be`, false)
    return parsed.data
  }
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 409, 429].includes(status)
}

function meaning(status: number): string {
  if (status === 401) return "does not know this token (401)"
  if (status === 403) return "does not let this token do it (403)"
  if (status === 404) return "has no such repository, or does not show it to this token (404)"
  if (status === 429) return "takes no more requests for now (429)"
  return `answered ${status}`
}

function said(body: string): string {
  const parsed = read(body)
  if (typeof parsed !== "object" || parsed === null) return ""
  const { message, error } = parsed as Record<string, unknown>
  const words = [message, error].find((text) => text !== undefined && text !== "")
  return words === undefined
    ? ""
    : `: ${(typeof words === "string" ? words : JSON.stringify(words)).slice(0, SAID_CHARS)}`
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
