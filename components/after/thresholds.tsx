"use client"
import { Panel } from "@/components/ui/panel"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import type { ThresholdLevel } from "@/lib/domain/threshold/threshold-events"
import { isBreached, onBreachInWords, thresholdViews } from "./read-thresholds"
import { ThresholdRow } from "./threshold-row"

const levels: { level: ThresholdLevel; title: string }[] = [
  { level: "critical", title: "Critical: act at once" },
  { level: "warning", title: "Warning: look into it" },
]

/** The limits that alert somebody, how each stands now, and what follows when it is breached. */
export function Thresholds() {
  const playbook = useSnapshot((snapshot) => snapshot.playbook)
  const thresholds = useRelease((release) => release.thresholds)
  const groups = levels
    .map((group) => ({ ...group, views: thresholdViews(playbook, thresholds, group.level) }))
    .filter(({ views }) => views.length > 0)
  const breached = groups.flatMap(({ views }) => views.filter(isBreached)).length
  if (groups.length === 0) return null
  return (
    <Panel
      title="Alert thresholds"
      aside={breached > 0 ? <span className="text-fail">{breached} breached</span> : <span>none breached</span>}
    >
      {groups.map(({ level, title, views }) => (
        <section key={level} aria-label={title} className="border-b last:border-0">
          <header className="px-4 pt-3 pb-1">
            <h3 className="font-medium text-ink-2 text-xs">{title}</h3>
            <p className="text-ink-3 text-xs">{onBreachInWords(playbook, level)}</p>
          </header>
          <ul className="pb-1.5">
            {views.map((view) => (
              <ThresholdRow key={view.id} view={view} />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
}
