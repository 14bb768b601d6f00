import { claimMessage, type OwedMessage } from "@/lib/server/outbox/claim-message"
import { markDelivered, markFailed } from "@/lib/server/outbox/end-message"
import { startClaimClock } from "../runtime/claim-clock"
import { messageOf } from "../runtime/error-words"
import { type Deliver, NotYet, Undeliverable } from "./deliver"
import { deliverDeploymentReport } from "./deliver-deployment-report"
import { deliverNotification } from "./deliver-notification"

const LEASE_MS = 90_000
/** Before the lease ends: what is still under way then might be sent by two. */
const LIMIT_MS = 75_000
const LOOK_MS = 1_000

/** Who takes which kind of message. A kind that is not here is kept until somebody does. */
const deliverers: Record<string, Deliver> = {
  deployment_report: deliverDeploymentReport,
  notification: deliverNotification,
}

/** Sends what is owed to the outside. Answers with the way to stop, which gives what is in hand back. */
export function startOutboxClock(): () => Promise<void> {
  const kinds = Object.keys(deliverers)
  return startClaimClock({
    ...{ name: "messages", bell: "outbox", sideBySide: 8, lookMs: LOOK_MS },
    claim: () => claimMessage(kinds, LEASE_MS),
    work: deliver,
  })
}

async function deliver(message: OwedMessage, stop: AbortSignal): Promise<void> {
  try {
    await deliverers[message.kind]?.(message, AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)]))
    await markDelivered(message)
  } catch (error) {
    stop.throwIfAborted()
    await markFailed(message, messageOf(error), {
      final: error instanceof Undeliverable,
      ...(error instanceof NotYet ? { retryAfterMs: error.retryAfterMs } : {}),
    })
  }
}
