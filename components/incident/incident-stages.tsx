"use client"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { Checkbox } from "@/components/ui/checkbox"
import { cn } from "@/components/ui/cn"
import { InlineCode, plainLine } from "@/components/ui/inline-code"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { formatClock } from "@/lib/client/format"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { readStages, type StageReading } from "./read-stages"

/** The playbook's stages, each with its clock and its list. */
export function IncidentStages({ incident }: { incident: Incident }) {
  const timeScale = useRelease((release) => release.timeScale)
  const nowMs = useNow(1_000)
  const may = useMay("incident.respond")
  const { tick } = useIncidentMutations(incident.id)
  const action = useAction(tick)
  const stages = readStages(incident, timeScale, nowMs)
  const [done, total] = [
    stages.reduce((sum, one) => sum + one.done, 0),
    stages.reduce((sum, one) => sum + one.total, 0),
  ]
  return (
    <Panel title="Stages" aside={`${done} of ${total} done`}>
      <ol className="divide-y">
        {stages.map((reading) => (
          <li
            key={reading.stage.key}
            data-testid={`stage-${reading.stage.key}`}
            aria-current={reading.current ? "step" : undefined}
            className={cn("px-4 py-3", reading.current && "bg-sunken")}
          >
            <StageHead reading={reading} nowMs={nowMs} />
            <ul className="mt-1">
              {reading.stage.actions.map(({ title, done: ticked }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an action's place is its name, on the record too
                <li key={index} className="flex items-start gap-2">
                  <Checkbox
                    aria-label={plainLine(title)}
                    checked={ticked !== null}
                    disabled={!may}
                    onCheckedChange={(checked) =>
                      action.mutate({ stageKey: reading.stage.key, action: index, done: checked })
                    }
                  />
                  <p className={cn("min-w-0 flex-1 text-sm leading-7", ticked && "text-ink-2")}>
                    <InlineCode text={title} />
                    {ticked ? <Ticked by={ticked.by} at={ticked.at} /> : null}
                  </p>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <Problem problem={action.problem} className="m-4" />
    </Panel>
  )
}

function StageHead({ reading: { stage, look, dueMs, doneAt, late }, nowMs }: { reading: StageReading; nowMs: number }) {
  const leftMs = dueMs === null || doneAt ? null : dueMs - nowMs
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <h3 className="font-semibold text-sm">
        {stage.title} <span className="font-normal text-ink-3">{stage.within}</span>
      </h3>
      <p className="flex items-center gap-3 text-xs">
        {leftMs !== null && !late ? (
          <span className="text-ink-2">{formatClock(Math.ceil(leftMs / 1_000) * 1_000)} left</span>
        ) : null}
        {leftMs !== null && late ? <span className="text-warn">{formatClock(-leftMs)} over</span> : null}
        {doneAt && late ? <span className="text-ink-3">later than planned</span> : null}
        <StatusMark look={look} className="text-xs" />
      </p>
    </div>
  )
}

function Ticked({ by, at }: { by: string; at: string }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <span className="ml-2 text-ink-3 text-xs">
      {by}, <Instant at={at} zone={zone} how="seconds" />
    </span>
  )
}
