import type { Look } from "@/components/status/tones"
import type { ChannelHealth } from "@/lib/domain/notification/channel-health"

export const healthLooks: Record<ChannelHealth, Look> = {
  off: { tone: "off", word: "Off" },
  unused: { tone: "none", word: "Not used yet" },
  waiting: { tone: "wait", word: "Waiting" },
  working: { tone: "pass", word: "Working" },
  retrying: { tone: "warn", word: "Trying again" },
  failing: { tone: "fail", word: "Failing" },
}
