import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser"
import { ApiProblem } from "@/lib/client/api"

/** What the API gives for a device to answer. */
export interface Challenge<Options> {
  challengeId: string
  options: Options
}
export type ToAnswer = Challenge<PublicKeyCredentialRequestOptionsJSON>
export type ToMake = Challenge<PublicKeyCredentialCreationOptionsJSON>

/** Has a passkey answer. Throws `ApiProblem`, in words. */
export async function askDevice({ challengeId, options }: ToAnswer) {
  const response = await startAuthentication({ optionsJSON: options }).catch((error: unknown) => {
    throw problemOf(error, "used")
  })
  return { challengeId, response }
}

export type Made = Awaited<ReturnType<typeof makeOnDevice>>

/** Has a device make a passkey. Throws `ApiProblem`, in words. */
export async function makeOnDevice({ challengeId, options }: ToMake) {
  const response = await startRegistration({ optionsJSON: options }).catch((error: unknown) => {
    throw problemOf(error, "made")
  })
  return { challengeId, response }
}

function problemOf(error: unknown, what: "used" | "made"): ApiProblem {
  return new ApiProblem(0, "passkey", wordsOf(error, what), {}, {})
}

function wordsOf(error: unknown, what: "used" | "made"): string {
  const name = error instanceof Error ? error.name : ""
  if (name === "NotAllowedError" || name === "AbortError") {
    return `The passkey was not ${what}: it was cancelled, took too long, or there is none on this device.`
  }
  if (name === "InvalidStateError") return "This device has a passkey of yours for this console already."
  return `The passkey could not be ${what}${error instanceof Error ? `: ${error.message}` : ""}.`
}
