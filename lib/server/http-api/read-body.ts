import type { Refusal } from "@/lib/domain/release/decision"

const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 32

type Read = { ok: true; value: unknown; text: string } | { ok: false; refusal: Refusal }

/** Reads a JSON body of at most 1 MB; an empty one is `undefined`. What is too large is given up while it comes in. */
export async function readJsonBody(request: Request): Promise<Read> {
  const bytes = await readLimited(request)
  if (bytes === null) return { ok: false, refusal: { code: "too_large", message: "A body may have at most 1 MB." } }
  if (bytes.length === 0) return { ok: true, value: undefined, text: "" }
  const type = request.headers.get("content-type") ?? ""
  if (!/^application\/json\s*(;|$)/i.test(type)) return bad("Send the body as application/json.")
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return bad("The body is not UTF-8.")
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return bad("The body is not JSON.")
  }
  const fault = faultOf(value)
  return fault ? bad(fault) : { ok: true, value, text }
}

function bad(message: string): Read {
  return { ok: false, refusal: { code: "bad_request", message } }
}

async function readLimited(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) return null
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    // Not cancelled: that would cut the connection before the refusal is heard.
    if (length > MAX_BYTES) return null
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

/** Walks level by level without recursion, so that a deeply nested body cannot exhaust the stack. */
function faultOf(root: unknown): string | null {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `The body is nested more than ${MAX_DEPTH} levels deep.`
    const next: unknown[] = []
    for (const value of level) {
      if (value === null || typeof value !== "object") continue
      if (!Array.isArray(value) && Object.hasOwn(value, "__proto__")) return 'The body holds a field "__proto__".'
      for (const part of Object.values(value)) next.push(part)
    }
    level = next
  }
  return null
}
