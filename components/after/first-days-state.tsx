"use client"
import { Sunrise } from "lucide-react"
import { Instant } from "@/components/time/instant"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { withWallClock } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useZone } from "@/lib/client/use-zone"

/** Why there is nothing to do here: not begun yet, or over. */
export function FirstDaysState() {
  const { status, rounds, switchedAt, window, closed } = useRelease()
  const zone = useZone(window.zone)
  if (switchedAt === null) {
    return (
      <Panel>
        <Empty icon={<Sunrise aria-hidden />} title="Begins when the version is live">
          {status === "closed"
            ? "This release was closed before it went live."
            : "From the switch on, the console looks at the figures in rounds, asks a person for the rest, and counts 72 hours."}
        </Empty>
      </Panel>
    )
  }
  if (closed) {
    return (
      <Notice>
        Closed by {closed.by.name}, <Instant at={closed.at} zone={window.zone} />
        {closed.note ? `: “${closed.note}”` : "."}
      </Notice>
    )
  }
  if (!rounds?.ended) return null
  const gone = status === "rolling_back" || status === "rolled_back" || status === "rollback_failed"
  return (
    <Notice tone={gone ? "warn" : "info"}>
      The rounds ended <Instant at={rounds.ended.at} zone={window.zone} />: {withWallClock(rounds.ended.reason, zone)}
    </Notice>
  )
}
