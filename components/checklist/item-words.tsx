"use client"
import { AlarmClock, Paperclip, TriangleAlert } from "lucide-react"
import { Ago } from "@/components/time/instant"
import { InlineCode } from "@/components/ui/inline-code"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"
import { isOverdue } from "./checklist-view"

/** The line under an item's title: what was found, who said so, when; or what is still wanted. */
export function ItemWords({ item, status }: { item: ChecklistItem; status: ItemStatus }) {
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(5_000)
  const found = item.note ?? item.evidence?.summary
  const { comments, attachments } = item
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-1.5 text-ink-3 text-xs">
      {item.checkTrouble ? (
        <span className="inline-flex items-center gap-1 text-warn">
          <TriangleAlert className="size-3 shrink-0" aria-hidden /> Check could not run
        </span>
      ) : null}
      {isOverdue(item, status, nowMs) ? (
        <span className="inline-flex items-center gap-1 text-fail">
          <AlarmClock className="size-3 shrink-0" aria-hidden /> Overdue
        </span>
      ) : null}
      {status === "open" ? (
        <span className="line-clamp-1">
          <InlineCode text={item.evidenceWanted} />
        </span>
      ) : (
        <>
          {found ? <span className="line-clamp-1 max-w-full break-all text-ink-2">{found}</span> : null}
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
      {attachments.length > 0 ? (
        <span className="inline-flex items-center gap-0.5">
          · <Paperclip className="size-3" aria-hidden /> {attachments.length}
          <span className="sr-only">pieces of evidence</span>
        </span>
      ) : null}
      {comments.length > 0 ? (
        <span>
          · {comments.length} {comments.length === 1 ? "comment" : "comments"}
        </span>
      ) : null}
    </span>
  )
}
