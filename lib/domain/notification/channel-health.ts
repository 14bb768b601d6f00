/** How a channel does, from what is on record of its deliveries. Instants are ISO 8601. */
export interface ChannelRecord {
  enabled: boolean
  /** Owed and not tried yet. */
  waiting: number
  /** Tried in vain, and tried again by itself. */
  retrying: number
  lastDeliveredAt: string | null
  /** When a message was last given up. */
  lastGivenUpAt: string | null
}

export const channelHealths = ["off", "unused", "waiting", "working", "retrying", "failing"] as const
export type ChannelHealth = (typeof channelHealths)[number]

/** The last thing that happened counts: what arrived after a failure says that the channel works again. */
export function channelHealth({
  enabled,
  waiting,
  retrying,
  lastDeliveredAt,
  lastGivenUpAt,
}: ChannelRecord): ChannelHealth {
  if (!enabled) return "off"
  if (retrying > 0) return "retrying"
  if (lastGivenUpAt !== null && (lastDeliveredAt === null || lastGivenUpAt > lastDeliveredAt)) return "failing"
  if (lastDeliveredAt !== null) return "working"
  return waiting > 0 ? "waiting" : "unused"
}
