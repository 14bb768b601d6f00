import type { z } from "zod"
import type { PlatformCall, PlatformRequest } from "@/lib/contracts/outside-ports"

const SAID_CHARS = 300
/** Shorter parts of a header are words such as `Bearer`, and not what keeps others out. */
const SECRET_CHARS = 8

/** Why a source gave no figures, in words without secrets. */
export class SourceTrouble extends Error {
  override name = "SourceTrouble"
}

export interface SourceCall<T> extends Omit<PlatformCall, "patienceMs"> {
  schema: z.ZodType<T>
  /** What the source says itself about a refusal, read from its body. */
  said?: (body: unknown) => string | undefined
}

/**
 * Asks a source and reads its answer strictly. It is asked again after 429 and 5xx, within the time-out of the call and no
 * longer: the next evaluation comes anyway. Rejects with SourceTrouble.
 */
export async function askSource<T>(
  name: string,
  platform: PlatformRequest,
  { schema, said = usual, ...call }: SourceCall<T>,
): Promise<{ value: T; headers: Record<string, string> }> {
  const began = performance.now()
  const hide = hider(call.headers ?? {})
  const answer = await platform({ ...call, repeatable: true, patienceMs: call.timeoutMs }).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error)
    throw new SourceTrouble(hide(`${name} could not be reached: ${words}`))
  })
  const tookMs = Math.round(performance.now() - began)
  const body = read(answer.body)
  if (answer.status < 200 || answer.status >= 300) {
    const words = said(body)
    throw new SourceTrouble(hide(`${name} ${meaning(answer.status)}${words ? `: ${words.slice(0, SAID_CHARS)}` : ""}`))
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new SourceTrouble(`${name}'s answer (after ${tookMs} ms) is not what it should be`)
  return { value: parsed.data, headers: answer.headers }
}

function meaning(status: number): string {
  if (status === 401) return "does not know these credentials (401)"
  if (status === 403) return "does not let these credentials read this (403)"
  if (status === 404) return "has nothing there (404)"
  if (status === 429) return "takes no more requests for now (429)"
  if (status >= 300 && status < 400) return `answered ${status}, and redirects are not followed`
  return `answered ${status}`
}

/** `errors`, `error`, `detail` or `message`, as most interfaces have it. */
export function usual(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined
  const { errors, error, detail, message } = body as Record<string, unknown>
  const words = Array.isArray(errors) ? errors : [error, detail, message]
  return words.find((text): text is string => typeof text === "string" && text !== "")
}

function hider(headers: Record<string, string>): (text: string) => string {
  const secrets = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter((part) => part.length >= SECRET_CHARS)
    .sort((a, b) => b.length - a.length)
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text)
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
