import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser"
import type { z } from "zod"
import type { signChallengeRequest } from "@/lib/contracts/api/signoffs"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { ApiProblem, request } from "./api"

interface Challenge {
  challengeId: string
  options: PublicKeyCredentialRequestOptionsJSON
}

/** Has the person's own passkey sign what the page shows: the challenge is the hash of it. Throws `ApiProblem`. */
export async function signWithPasskey(
  releaseId: string,
  role: SignoffRole,
  body: z.input<typeof signChallengeRequest>,
): Promise<unknown> {
  const at = `/releases/${releaseId}/signoffs/${role}`
  const { challengeId, options } = await request<Challenge>("POST", `${at}/challenge`, body)
  const response = await startAuthentication({ optionsJSON: options }).catch((error: unknown) => {
    throw new ApiProblem(0, "passkey", wordsOf(error), {}, {})
  })
  const { items, contentHash, onBehalfOf } = body
  return request("POST", at, { items, contentHash, onBehalfOf, passkey: { challengeId, response } })
}

function wordsOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ""
  if (name === "NotAllowedError" || name === "AbortError") {
    return "The passkey was not used: it was cancelled, or took too long. Nothing was signed."
  }
  return `The passkey could not be used${error instanceof Error ? `: ${error.message}` : ""}. Nothing was signed.`
}
