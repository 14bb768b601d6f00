"use client"
import { AlarmClock } from "lucide-react"
import Link from "next/link"
import { StatusMark } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { Ago } from "@/components/time/instant"
import { InlineCode } from "@/components/ui/inline-code"
import { useNow } from "@/lib/client/use-now"
import { useZone } from "@/lib/client/use-zone"
import { type AssignedItem, isOverdue } from "./read-work"

export function AssignedRow({ item }: { item: AssignedItem }) {
  const nowMs = useNow(5_000)
  const zone = useZone("UTC")
  const overdue = isOverdue(item, nowMs)
  return (
    <li>
      <Link
        href={`/releases/${item.releaseId}/checklist#item-${item.itemKey}`}
        data-testid={`work-${item.itemKey}`}
        className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover/60"
      >
        <span className="min-w-0 flex-1 basis-64">
          <span className="block font-medium text-sm">
            <InlineCode text={item.title} />
          </span>
          <span className="block text-ink-3 text-xs">{item.releaseName}</span>
        </span>
        <span className="flex items-center gap-4 text-xs">
          {overdue ? (
            <span className="inline-flex items-center gap-1 text-fail">
              <AlarmClock className="size-3.5" aria-hidden /> Overdue
            </span>
          ) : null}
          {item.dueAt ? (
            <span className="text-ink-3">
              due <Ago at={item.dueAt} zone={zone} />
            </span>
          ) : null}
          <StatusMark look={itemLooks[item.status]} className="w-28 text-xs" />
        </span>
      </Link>
    </li>
  )
}
