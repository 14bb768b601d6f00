import type { Look } from "@/components/status/tones"
import type { DeliveryStatus } from "@/lib/contracts/api/deliveries"

export const deliveryLooks: Record<DeliveryStatus, Look> = {
  waiting: { tone: "wait", word: "Waiting" },
  delivered: { tone: "pass", word: "Told" },
  retrying: { tone: "warn", word: "Trying again" },
  given_up: { tone: "fail", word: "Given up" },
}
