import type { z } from "zod"
import type { PlatformRequest } from "@/lib/contracts/outside-ports"
import type { Notification } from "@/lib/domain/notification/notification"

/** A way out for messages: Slack, e-mail, a pager, a webhook, the console's own pages. */
export interface ChannelDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  /** A strict object. Fields named in `secretFields` are texts that are sealed apart and never read again. */
  configSchema: z.ZodType<Config>
  secretFields: readonly string[]
  examples: readonly { title: string; config: unknown }[]
}

/** One message on its way through one channel. */
export interface ChannelMessage {
  /** The same for every attempt: who gets it twice can tell by this. */
  key: string
  notification: Notification
  /** The people it is for, with their addresses. Empty: whoever the channel reaches. */
  people: readonly { id: string; name: string; email: string }[]
  /** Where the notification leads. */
  url: string
  /** The console's own address, without a slash at its end. */
  consoleUrl: string
  /** Head of the release's chain when this was said. Null for a test. */
  head: { releaseId: string; seq: number; hash: string } | null
  serviceId: string
}

export interface ChannelPorts {
  /** HTTP through the console's fence. */
  platform: PlatformRequest
  allowPrivateNetwork: boolean
  signal: AbortSignal
}

/**
 * Sends it. May be called again with the same key. Rejects with an Error in words: `ChannelRefusal` with `final` where it
 * will not be taken however often it is sent, with `retryAfterMs` where the other side asked for that.
 */
export type Send = (config: unknown, message: ChannelMessage, ports: ChannelPorts) => Promise<void>

export class ChannelRefusal extends Error {
  override name = "ChannelRefusal"
  readonly final: boolean
  readonly retryAfterMs: number | null
  constructor(
    message: string,
    { final = false, retryAfterMs = null }: { final?: boolean; retryAfterMs?: number | null } = {},
  ) {
    super(message)
    this.final = final
    this.retryAfterMs = retryAfterMs
  }
}
