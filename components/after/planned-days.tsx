"use client"
import { Panel } from "@/components/ui/panel"
import { useSnapshot } from "@/lib/client/release-context"

/** What the playbook will have looked at, before the version is live. */
export function PlannedDays() {
  const { bands } = useSnapshot((snapshot) => snapshot.playbook.monitoring24h)
  const after = useSnapshot((snapshot) => snapshot.playbook.after72h)
  return (
    <>
      {bands.length > 0 ? (
        <Panel title="Rounds of the first day">
          <ul className="divide-y">
            {bands.map((band) => (
              <li key={band.key} className="px-4 py-2.5 text-sm">
                <p className="flex flex-wrap justify-between gap-x-4 font-medium">
                  {band.title} <span className="font-normal text-ink-2">every {band.every}</span>
                </p>
                <ul className="mt-1 list-disc pl-4 text-ink-2">
                  {band.items.map((item) => (
                    <li key={item.key}>{item.title}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {after.length > 0 ? (
        <Panel title="72 hours after go-live" aside={<span>{after.length}</span>}>
          <ul className="divide-y">
            {after.map((item) => (
              <li key={item.key} className="flex flex-wrap justify-between gap-x-4 px-4 py-2 text-sm">
                {item.title}
                {item.rule || item.record ? <span className="text-ink-3 text-xs leading-5">ticks itself</span> : null}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}
