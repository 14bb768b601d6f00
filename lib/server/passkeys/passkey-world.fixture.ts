import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import type { Result } from "@/lib/server/result"
import { beginConfirmation } from "./begin-confirmation"
import { beginEnrolment } from "./begin-enrolment"
import { beginSignIn } from "./begin-sign-in"
import { finishEnrolment } from "./finish-enrolment"
import { signInWithPasskey } from "./sign-in-with-passkey"
import { SoftwareAuthenticator } from "./software-authenticator.fixture"

/** Where the console of these tests is opened: by name, as passkeys need it. */
export const at = { origin: "http://localhost:3000", rpId: "localhost" }

type How = ConstructorParameters<typeof SoftwareAuthenticator>[1]
export type Tricks = Parameters<SoftwareAuthenticator["answer"]>[1]

interface World<Key> {
  ctx(person: Key): Context
  nobody: Context
}

/** A world of people who all have this password, and devices in software that really enrol and sign in. */
export function passkeyWorld<Key, W extends World<Key>>(world: W & World<Key>, password: string) {
  return {
    ...world,
    idOf: (key: Key) => world.ctx(key).person?.id ?? "",
    inSession: (key: Key, sessionId: string): Context => ({ ...world.ctx(key), sessionId }),
    /** Wrong proofs are counted, and a test is not to be held back by another one's. */
    async forget(): Promise<void> {
      await prisma.rateLimit.deleteMany({})
      await prisma.passkey.deleteMany({})
    },
    async enrol(key: Key, name: string, how: How = {}) {
      const device = new SoftwareAuthenticator(at, how)
      const begun = answerOf(await beginEnrolment(world.ctx(key), { password }))
      const body = { challengeId: begun.challengeId, name, response: device.make(begun.options) }
      const { passkey } = answerOf(await finishEnrolment(world.ctx(key), body))
      return { device, passkey }
    },
    async signIn(device: SoftwareAuthenticator, tricks: Tricks = {}) {
      const { challengeId, options } = answerOf(await beginSignIn(world.nobody, undefined))
      return signInWithPasskey({ challengeId, response: device.answer(options, tricks) }, "203.0.113.9")
    },
    /** A device's answer that confirms who is at the keyboard, for one errand. */
    async confirmed(key: Key, device: SoftwareAuthenticator, errand: unknown) {
      const { challengeId, options } = answerOf(await beginConfirmation(world.ctx(key), errand))
      return { challengeId, response: device.answer(options) }
    },
  }
}

/** From here on the console is opened at this address. */
export function openAt(origin: string): void {
  process.env.NEXTAUTH_URL = origin
  forgetEnv()
}

function answerOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

export function refusalOf<T>(result: Result<T>) {
  if (result.ok) throw new Error("it was not refused")
  return result.refusal
}

/** How many answers of passkeys were refused as this person's. */
export function refusals(userId: string): Promise<number> {
  return prisma.securityEvent.count({ where: { type: "passkey.refused", userId } })
}
