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
  /** Whether a message is anything for it: what is not never gets a row. `config` without its secret fields. Left out: all is. */
  takes?: (notification: Notification, config: unknown) => boolean
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

/** A message inside the console. */
export interface ChannelNotice {
  key: string
  serviceId: string
  /** Empty: everybody who has a role for the service. */
  userIds: readonly string[]
  topic: string
  severity: string
  title: string
  text: string
  href: string
}

export interface ChannelPorts {
  /** HTTP through the console's fence. */
  platform: PlatformRequest
  /** The address that a host stands for, where the fence lets it through. To be connected to as it is. Rejects in words. */
  findAddress(host: string, signal: AbortSignal): Promise<string>
  /** Shows it inside the console, once for a key. */
  notice(notice: ChannelNotice): Promise<void>
  /** How long one message may take. */
  timeoutMs: number
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
