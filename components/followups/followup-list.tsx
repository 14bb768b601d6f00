"use client"
import { Panel } from "@/components/ui/panel"
import { Progress } from "@/components/ui/progress"
import { useRelease } from "@/lib/client/release-context"
import type { FollowupList as List } from "@/lib/domain/release/state"
import { FollowupRow } from "./followup-row"

/** What is left to do, with who does it. Not there where nothing is. */
export function FollowupList({ list, title, withProgress }: { list: List; title: string; withProgress?: boolean }) {
  const followups = useRelease((release) => release.followups)
  const all = Object.values(followups)
    .filter((one) => one.list === list)
    .sort((a, b) => a.position - b.position)
  if (all.length === 0) return null
  const done = all.filter((one) => one.done).length
  return (
    <Panel id={`followups-${list}`} title={title} aside={<span>{`${done} of ${all.length} done`}</span>}>
      {withProgress ? (
        <Progress value={done} max={all.length} label={title} tone={done === all.length ? "pass" : "accent"} />
      ) : null}
      <ul className="divide-y">
        {all.map((followup) => (
          <FollowupRow key={followup.key} followup={followup} />
        ))}
      </ul>
    </Panel>
  )
}
