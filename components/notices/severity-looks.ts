import type { Look } from "@/components/status/tones"
import type { NoticeView } from "@/lib/contracts/api/notices"

export const severityLooks: Record<NoticeView["severity"], Look> = {
  info: { tone: "none", word: "Info" },
  good: { tone: "pass", word: "Good" },
  warning: { tone: "warn", word: "Warning" },
  critical: { tone: "fail", word: "Critical" },
}
