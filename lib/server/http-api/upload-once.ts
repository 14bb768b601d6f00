import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { done, type Result, refused } from "@/lib/server/result"
import { claimKey, freeKey, keepAnswer, keyIsTaken, renewClaim, requestMeaning } from "./idempotency"
import { hashWhole, type IncomingBody } from "./incoming-body"

const RENEW_MS = 20_000

/**
 * An upload with an Idempotency-Key. The key is taken before a file of perhaps many megabytes is read, and so without its
 * bytes; once the file is kept, the key stands for path, query, type and the hash of the bytes. A repeat is therefore read
 * to its end (and not kept), to tell it from another file under the same key. A refusal frees the key: it changed nothing.
 */
export async function uploadOnce(upload: {
  userId: string
  key: string
  request: Request
  incoming: IncomingBody
  act: () => Promise<Result<unknown> | Response>
}): Promise<Result<unknown> | Response> {
  const { userId, key, request, incoming, act } = upload
  const meaning = (sha256: string) => requestMeaning(request, `${request.headers.get("content-type")}\n${sha256}`)
  const claim = await claimKey(userId, key, meaning("under way"))
  if (claim.kind === "under_way") return { ok: false, refusal: keyIsTaken("under_way") }
  if (claim.kind !== "mine") return repeated(userId, key, incoming, meaning)
  const renewing = setInterval(() => {
    renewClaim(userId, key).catch((error) => log.warn({ err: error }, "the key of an upload could not be renewed"))
  }, RENEW_MS)
  try {
    const outcome = await act()
    if (outcome instanceof Response || !outcome.ok) await freeKey(userId, key)
    else await keepAnswer(userId, key, { status: 201, body: outcome.value }, meaning(incoming.sha256()))
    return outcome
  } catch (error) {
    await freeKey(userId, key).catch(() => undefined)
    throw error
  } finally {
    clearInterval(renewing)
  }
}

async function repeated(
  userId: string,
  key: string,
  incoming: IncomingBody,
  meaning: (sha256: string) => string,
): Promise<Result<unknown>> {
  const sha256 = await hashWhole(incoming, env().EVIDENCE_MAX_BYTES).catch(() => null)
  if (sha256 === null) return { ok: false, refusal: keyIsTaken("other_meaning") }
  const claim = await claimKey(userId, key, meaning(sha256))
  if (claim.kind === "answered") return done(claim.answer.body)
  if (claim.kind !== "mine") return { ok: false, refusal: keyIsTaken(claim.kind) }
  // The key was free again by now, and the file has been read: the sender has to begin anew.
  await freeKey(userId, key)
  return refused("conflict", "The first request with this Idempotency-Key came to nothing; send the file again.")
}
