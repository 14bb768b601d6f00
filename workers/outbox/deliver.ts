import type { OwedMessage } from "@/lib/server/outbox/claim-message"

/** Sends one message. May be called again with the same: what arrived already must have no second effect. */
export type Deliver = (message: OwedMessage, signal: AbortSignal) => Promise<void>

/** It will not arrive however often it is sent. */
export class Undeliverable extends Error {
  override name = "Undeliverable"
}

/** The other side asks for a pause. */
export class NotYet extends Error {
  override name = "NotYet"
  constructor(
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message)
  }
}
