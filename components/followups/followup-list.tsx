"use client"
import { Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import type { FollowupList as List } from "@/lib/domain/release/state"
import { FollowupRow } from "./followup-row"

/** What is left to do, with who does it. Not there where nothing is. */
export function FollowupList({ list, title }: { list: List; title: string }) {
  const followups = useRelease((release) => release.followups)
  const all = Object.values(followups)
    .filter((one) => one.list === list)
    .sort((a, b) => a.position - b.position)
  if (all.length === 0) return null
  const done = all.filter((one) => one.done).length
  return (
    <Panel id={`followups-${list}`} title={title} aside={<span>{`${done} of ${all.length} done`}</span>}>
      <ul className="divide-y">
        {all.map((followup) => (
          <FollowupRow key={followup.key} followup={followup} />
        ))}
      </ul>
    </Panel>
  )
}
