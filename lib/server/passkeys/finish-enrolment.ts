import { randomUUID } from "node:crypto"
import type { RegistrationResponseJSON } from "@simplewebauthn/server"
import { addPasskeyRequest, type PasskeyEntry } from "@/lib/contracts/api/passkeys"
import type { Context, Person } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { MOST_PASSKEYS } from "./begin-enrolment"
import { lockPasskeys } from "./lock-passkeys"
import { passkeyEntry } from "./passkey-entry"
import { refuseName } from "./refuse-name"
import { relyingParty } from "./relying-party"
import { takeChallenge } from "./take-challenge"
import { type MadePasskey, verifyAttestation } from "./verify-attestation"

/** What browsers call the ways to an authenticator; anything else is not kept. */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]

/** Keeps the passkey that an authenticator made in answer to `beginEnrolment`. The answer is worth something once. */
export async function finishEnrolment(ctx: Context, body: unknown): Promise<Result<{ passkey: PasskeyEntry }>> {
  const asking = personAtTheKeyboard(ctx, "add a passkey")
  if (!asking.ok) return asking
  const { person } = asking
  const input = parseInput(addPasskeyRequest, body)
  if (!input.ok) return input
  const { challengeId, name, response } = input.value
  // Before the challenge is used up: the device has made its key, and only the name is to be given anew.
  const mine = await prisma.passkey.findMany({ where: { userId: person.id, removedAt: null }, select: { name: true } })
  const refusedName = refuseName(name, mine)
  if (refusedName) return refusedName
  const challenge = await takeChallenge({ challengeId, purpose: "enrol", personId: person.id })
  if (typeof challenge === "string") return refuse(ctx, person, challenge)
  if (!isOfSession(challenge.data, ctx.sessionId ?? null)) return refuse(ctx, person, "it was asked in another session")
  const made = await verifyAttestation(response as unknown as RegistrationResponseJSON, challenge.challenge)
  if ("why" in made) return refuse(ctx, person, "its answer does not verify", made.why)
  const transports = response.response.transports?.filter((way) => TRANSPORTS.includes(way)) ?? []
  return keep(ctx, person, { name, transports, made })
}

function keep(
  ctx: Context,
  { id: userId }: Person,
  key: { name: string; transports: string[]; made: MadePasskey },
): Promise<Result<{ passkey: PasskeyEntry }>> {
  return transaction(async (tx) => {
    const others = await lockPasskeys(tx, userId)
    if (others.length >= MOST_PASSKEYS) return refused("conflict", `You have ${others.length} passkeys already.`)
    const refusedName = refuseName(key.name, others)
    if (refusedName) return refusedName
    const known = await tx.passkey.findUnique({ where: { credentialId: key.made.credentialId }, select: { id: true } })
    if (known) return refused("conflict", "This passkey is known here already.", { field: "response" })
    const row = await tx.passkey.create({
      data: {
        id: randomUUID(),
        userId,
        ...key.made,
        transports: key.transports,
        rpId: relyingParty().id,
        name: key.name,
        createdAt: await databaseNow(tx),
      },
    })
    const data = { passkeyId: row.id, name: row.name, algorithm: row.algorithm, deviceType: row.deviceType }
    await recordSecurityEvent({ type: "passkey.added", userId, address: ctx.address, data }, tx)
    return done({ passkey: passkeyEntry(row) })
  })
}

function isOfSession(data: unknown, sessionId: string | null): boolean {
  return data !== null && typeof data === "object" && "sessionId" in data && data.sessionId === sessionId
}

async function refuse(ctx: Context, person: Person, why: string, detail?: string): Promise<Result<never>> {
  const data = { purpose: "enrol", why, ...(detail ? { detail } : {}) }
  await recordSecurityEvent({ type: "passkey.refused", userId: person.id, address: ctx.address, data })
  return refused("forbidden", `The passkey was not accepted: ${why}.`, { field: "passkey" })
}
