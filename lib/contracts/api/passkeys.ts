import { z } from "zod"
import { humanText } from "./requests"

const instant = z.iso.datetime()
const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, "must be base64url")

const credential = { id: base64url(1_400), rawId: base64url(1_400), type: z.literal("public-key") }

/** Browsers add fields to these over time; what is verified is named. */
const assertionSchema = z
  .looseObject({
    ...credential,
    response: z.looseObject({
      clientDataJSON: base64url(20_000),
      authenticatorData: base64url(20_000),
      signature: base64url(4_000),
      userHandle: base64url(200).nullish(),
    }),
  })
  .describe("What the browser's `navigator.credentials.get` gave, as JSON.")

const attestationSchema = z
  .looseObject({
    ...credential,
    response: z.looseObject({
      clientDataJSON: base64url(20_000),
      attestationObject: base64url(60_000),
      transports: z.array(z.string()).optional(),
    }),
  })
  .describe("What the browser's `navigator.credentials.create` gave, as JSON.")

export const passkeyAnswerSchema = z.strictObject({ challengeId: z.uuid(), response: assertionSchema })

const proof = {
  password: z.string().min(1).max(1_000).optional().describe("The current password."),
  passkey: passkeyAnswerSchema.optional().describe("An answer to a challenge of `/me/passkeys/challenge`."),
}

/** That the person at the keyboard is the one who signed in: exactly one of the two. */
export const freshProofRequest = z
  .strictObject(proof)
  .refine(({ password, passkey }) => password !== undefined || passkey !== undefined, {
    path: ["password"],
    message: "a fresh proof of who you are is needed: a password or a passkey",
  })
  .refine(({ password, passkey }) => password === undefined || passkey === undefined, {
    path: ["passkey"],
    message: "one proof is enough: a password or a passkey",
  })
export type FreshProof = z.infer<typeof freshProofRequest>

/** What a passkey is asked to confirm: an answer for one errand is worth nothing for another. */
export const confirmRequest = z.discriminatedUnion("for", [
  z.strictObject({ for: z.literal("add") }),
  z.strictObject({ for: z.literal("remove"), passkeyId: z.uuid() }),
])
export type PasskeyErrand = z.infer<typeof confirmRequest>

const passkeyName = humanText(60).min(1, "give it a name").describe("So that one tells them apart: a device, a ring.")

export const addPasskeyRequest = z.strictObject({
  challengeId: z.uuid(),
  name: passkeyName,
  response: attestationSchema,
})
export const renamePasskeyRequest = z.strictObject({ name: passkeyName })
export const signInChallengeRequest = z.strictObject({}).optional()

export const passkeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    kind: z
      .enum(["synced", "device"])
      .meta({ description: "Kept by an account of the maker, or on one device alone." }),
    backedUp: z.boolean(),
    rpId: z.string(),
    usableHere: z.boolean().meta({ description: "False: it was made for another address of the console." }),
  })
  .meta({ id: "Passkey" })
export type PasskeyEntry = z.infer<typeof passkeySchema>

export const passkeysSchema = z.object({
  passkeys: z.array(passkeySchema),
  hasPassword: z.boolean(),
  relyingParty: z
    .object({ id: z.string(), origin: z.string(), named: z.boolean() })
    .meta({ description: "Whom passkeys are made for. Not named: an IP address, for which there are none." }),
})
export type PasskeyList = z.infer<typeof passkeysSchema>

export const passkeyAnsweredSchema = z.object({ passkey: passkeySchema })
export const passkeyRemovedSchema = z.object({ id: z.uuid(), removedAt: instant })

/** `options` are for the browser's `navigator.credentials`, as JSON. */
export const passkeyChallengeSchema = z.object({
  challengeId: z.uuid(),
  options: z.looseObject({ challenge: z.string() }),
  expiresAt: instant,
})
