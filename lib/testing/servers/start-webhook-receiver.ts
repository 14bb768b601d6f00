import { Webhook, WebhookVerificationError } from "standardwebhooks"
import { startTextServer } from "./start-text-server"

export const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

export interface Hooked {
  id: string
  body: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** Whoever takes webhooks with the published library, and nothing whose signature is not good. */
export async function startWebhookReceiver(secret = webhookSecret) {
  const received: Hooked[] = []
  const verifier = new Webhook(secret)
  const server = await startTextServer(({ headers, text }) => {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    try {
      const body = verifier.verify(text, signed) as Hooked["body"]
      received.push({ id: signed["webhook-id"] ?? "", body })
      return { status: 204, text: "" }
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error
      return { status: 401, text: error.message }
    }
  })
  return Object.assign(server, { received })
}
