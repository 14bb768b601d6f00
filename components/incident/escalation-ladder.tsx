"use client"
import { OnCallNow } from "@/components/oncall/on-call-now"
import { StatusMark, StatusShape } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { Panel } from "@/components/ui/panel"
import { formatClock } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { type Rung, readLadder } from "./read-ladder"

/** Who is called when, from top to bottom: what has happened, and what the next clock runs down to. */
export function EscalationLadder({ incident }: { incident: Incident }) {
  const timeScale = useRelease((release) => release.timeScale)
  const ladder = readLadder(incident, timeScale)
  return (
    <Panel title="Escalation" aside={incident.status === "acknowledged" ? "quiet: acknowledged" : null}>
      {ladder.length === 0 ? (
        <p className="px-4 py-3 text-ink-2 text-sm">The playbook has no escalation for this severity.</p>
      ) : (
        <ol className="px-4 py-3" data-testid="escalation">
          {ladder.map((rung, index) => (
            <RungRow key={rung.n} rung={rung} last={index === ladder.length - 1} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function RungRow({ rung, last }: { rung: Rung; last: boolean }) {
  const zone = useRelease((release) => release.window.zone)
  const service = useRelease((release) => release.service.key)
  return (
    <li className="relative flex gap-3 pb-4 last:pb-0" data-level={rung.n} data-next={rung.next || undefined}>
      {last ? null : <span aria-hidden className="absolute top-6 bottom-1 left-[7px] w-px bg-line-strong" />}
      <StatusShape tone={rung.look.tone} className="relative mt-0.5 size-4 bg-surface" />
      <div className="min-w-0 flex-1">
        <p className={cn("text-sm", rung.next && "font-semibold")}>{rung.title}</p>
        <p className="break-words text-ink-2 text-xs">{rung.words}</p>
        {rung.calls ? <OnCallNow service={service} rota={rung.calls} className="text-xs" /> : null}
      </div>
      <div className="shrink-0 text-right">
        {rung.dueMs === null ? <StatusMark look={rung.look} className="text-xs [&_svg]:hidden" /> : <Due rung={rung} />}
        {rung.at ? <Instant at={rung.at} zone={zone} how="seconds" className="block text-ink-3 text-xs" /> : null}
      </div>
    </li>
  )
}

function Due({ rung: { dueMs, next } }: { rung: Rung }) {
  const nowMs = useNow(1_000)
  if (dueMs === null) return null
  const leftMs = Math.ceil((dueMs - nowMs) / 1_000) * 1_000
  if (leftMs <= 0) return <p className="text-warn text-xs">due now</p>
  return (
    <p className={cn(next ? "font-semibold text-lg leading-6" : "text-ink-2 text-sm")}>
      <span className="font-normal text-ink-3 text-xs">in </span>
      {formatClock(leftMs)}
    </p>
  )
}
