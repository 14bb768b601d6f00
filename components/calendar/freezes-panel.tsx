"use client"
import { Snowflake } from "lucide-react"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { Empty, Panel } from "@/components/ui/panel"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { calendarMutations } from "@/lib/client/calendar-query"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { useAction } from "@/lib/client/use-action"
import type { FreezeView } from "@/lib/contracts/api/calendar"
import { freezeStatus } from "@/lib/domain/window/freeze-status"
import { ruleInWords } from "@/lib/domain/window/rule-in-words"
import { scopeInWords } from "./days"

/** Every freeze that nobody has ended: what, why, by whom, and its next turn. */
export function FreezesPanel({
  freezes,
  now,
  onEdit,
  onChanged,
}: {
  freezes: FreezeView[]
  now: string
  onEdit(freeze: FreezeView): void
  onChanged(): void
}) {
  const [ending, setEnding] = useState<FreezeView | null>(null)
  const end = useAction((reason: string) => calendarMutations.endFreeze(ending?.id ?? "", { reason }), {
    onDone: () => {
      setEnding(null)
      onChanged()
    },
  })
  return (
    <Panel title="Freezes" aside={freezes.length > 0 ? freezes.length : null}>
      {freezes.length === 0 ? (
        <Empty icon={<Snowflake aria-hidden />} title="Nothing is frozen">
          In a freeze no deployment starts, though the window is open.
        </Empty>
      ) : (
        <ul className="divide-y" data-testid="freezes">
          {freezes.map((freeze) => (
            <li key={freeze.id} className="grid gap-1 px-4 py-3 text-sm">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="min-w-0 flex-1 break-words font-medium">{freeze.name}</span>
                <Now freeze={freeze} nowMs={Date.parse(now)} />
              </div>
              <p className="break-words text-ink-2">{freeze.reason}</p>
              <p className="text-ink-3 text-xs">
                {scopeInWords(freeze.service, freeze.environment)} · {ruleInWords(freeze.rule)} · {freeze.by}
              </p>
              {freeze.mayEdit ? (
                <div className="mt-1 flex gap-2">
                  <Button size="sm" aria-label={`Change ${freeze.name}`} onClick={() => onEdit(freeze)}>
                    Change…
                  </Button>
                  <Button size="sm" aria-label={`End ${freeze.name}`} onClick={() => setEnding(freeze)}>
                    End…
                  </Button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <ReasonDialog
        open={ending !== null}
        onOpenChange={(open) => open || setEnding(null)}
        title={`End ${ending?.name ?? "the freeze"}`}
        description="It ends now and for good. It is kept, since what was refused because of it names it."
        action="End the freeze"
        danger
        busy={end.isPending}
        problem={end.problem}
        onSubmit={(reason) => end.mutate(reason)}
      />
    </Panel>
  )
}

function Now({ freeze, nowMs }: { freeze: FreezeView; nowMs: number }) {
  const { inForce, next } = freezeStatus([freeze], nowMs)
  const { zone } = freeze.rule
  const when = (at: string) => `${formatInstant(at, zone)} ${zoneCity(zone)}`
  const [current] = inForce
  if (current) {
    const word = current.until === null ? "In force, no end in sight" : `In force until ${when(current.until)}`
    return <StatusMark look={{ tone: "wait", word }} />
  }
  return <StatusMark look={{ tone: next ? "none" : "off", word: next ? `From ${when(next.startsAt)}` : "Over" }} />
}
