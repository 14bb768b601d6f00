import { retryAfterMs } from "@/lib/contracts/retry-after"
import { type ChannelPorts, ChannelRefusal } from "../contract"
import { shortened } from "./rendered"

const SAID_CHARS = 300
/** It is the message that is not taken: it never will be. Wrong tokens, addresses and permissions can be mended. */
const FINAL = [400, 406, 410, 411, 413, 414, 415, 422, 431]

export interface JsonPost {
  url: string
  headers?: Record<string, string>
  body: unknown
}

/** Posts JSON once, and answers with what came back if the status says that it was taken. Rejects with a ChannelRefusal. */
export async function postJson(
  name: string,
  { url, headers, body }: JsonPost,
  { platform, signal, timeoutMs }: Pick<ChannelPorts, "platform" | "signal" | "timeoutMs">,
): Promise<string> {
  return postText(name, { url, headers: { ...headers }, body: JSON.stringify(body) }, { platform, signal, timeoutMs })
}

/** The same for a body that was written already, because it is signed. */
export async function postText(
  name: string,
  { url, headers, body }: { url: string; headers: Record<string, string>; body: string },
  { platform, signal, timeoutMs }: Pick<ChannelPorts, "platform" | "signal" | "timeoutMs">,
): Promise<string> {
  const answer = await platform({
    ...{ method: "POST", url, signal, timeoutMs, body },
    headers: { "content-type": "application/json; charset=utf-8", accept: "application/json, text/plain", ...headers },
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new ChannelRefusal(`${name} could not be reached: ${error instanceof Error ? error.message : error}`)
  })
  const { status } = answer
  if (status >= 200 && status < 300) return answer.body
  throw new ChannelRefusal(`${name} ${meaning(status)}${said(answer.body)}`, {
    final: FINAL.includes(status),
    retryAfterMs: retryAfterMs(answer.headers["retry-after"], Date.now()),
  })
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function meaning(status: number): string {
  if (status >= 300 && status < 400) return `redirects to another address (${status}), which is not followed`
  if (status === 401) return "does not know these credentials (401)"
  if (status === 403) return "does not let these credentials do it (403)"
  if (status === 404) return "has nothing at this address (404)"
  if (status === 410) return "does not take messages here any more (410)"
  if (status === 429) return "takes no more messages for now (429)"
  return `answered ${status}`
}

/** The first line of a refusal in plain text, or what JSON calls its message. Pages say nothing that helps. */
function said(body: string): string {
  const parsed = parseJson(body)
  const words = typeof parsed === "object" && parsed !== null ? ofObject(parsed as Record<string, unknown>) : body
  const line = words.trim().split("\n")[0] ?? ""
  return line === "" || line.startsWith("<") ? "" : `: ${shortened(line, SAID_CHARS)}`
}

function ofObject({ message, error, errors }: Record<string, unknown>): string {
  const words = [message, error].filter((one) => typeof one === "string")
  return [...words, ...(Array.isArray(errors) ? errors.filter((one) => typeof one === "string") : [])].join(": ")
}
