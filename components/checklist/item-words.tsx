"use client"
import { Ago } from "@/components/time/instant"
import { useRelease } from "@/lib/client/release-context"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"

/** The line under an item's title: what was found, who said so, when; or what is still wanted. */
export function ItemWords({ item, status }: { item: ChecklistItem; status: ItemStatus }) {
  const zone = useRelease((release) => release.window.zone)
  const found = item.note ?? item.evidence?.summary
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-1.5 text-ink-3 text-xs">
      {status === "open" ? (
        <span className="line-clamp-1">{item.evidenceWanted}</span>
      ) : (
        <>
          {found ? <span className="line-clamp-1 max-w-full text-ink-2">{found}</span> : null}
          {item.by ? <span>{item.by}</span> : null}
          {item.at ? <Ago at={item.at} zone={zone} /> : null}
        </>
      )}
      {item.assignee ? <span>· for {item.assignee.name}</span> : null}
      {item.dueAt ? (
        <span>
          · due <Ago at={item.dueAt} zone={zone} />
        </span>
      ) : null}
      {item.comments.length > 0 ? (
        <span>
          · {item.comments.length} {item.comments.length === 1 ? "comment" : "comments"}
        </span>
      ) : null}
    </span>
  )
}
