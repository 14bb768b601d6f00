"use client"
import { Ago } from "@/components/time/instant"
import { Notice } from "@/components/ui/notice"
import { useRelease } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"

/** The last check could not be carried out: that says nothing about the item. */
export function CheckTrouble({ item }: { item: ChecklistItem }) {
  const zone = useRelease((release) => release.window.zone)
  if (!item.checkTrouble) return null
  return (
    <Notice tone="warn">
      <p className="font-medium">
        The check could not be carried out, <Ago at={item.checkTrouble.at} zone={zone} />
      </p>
      <p className="break-words text-ink-2">{item.checkTrouble.message}</p>
      <p className="text-ink-2 text-xs">It says nothing about the item, which stays as it was.</p>
    </Notice>
  )
}
