"use client"
import { useState } from "react"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import { formatInstant, withWallClock } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useZone } from "@/lib/client/use-zone"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { describe as describeEvent, type Tone as EventTone } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

const tones: Partial<Record<EventTone, Tone>> = { good: "pass", bad: "fail", warning: "warn", busy: "ready" }

/** One entry of an item's history: what, who, when, and the evidence that it brought. */
export function HistoryEntry({ event }: { event: AnyTimelineEvent }) {
  const zone = useRelease((release) => release.window.zone)
  const here = useZone(zone)
  const [open, setOpen] = useState(false)
  const { tone, title, detail: told } = describeEvent(event)
  // A time alone does not say on which day something is due.
  const due = event.type === "checklist.item_due_set" ? event.data.dueAt : null
  const detail = due ? formatInstant(due, here) : told
  const evidence = evidenceOf(event)
  const actor = actorName(event.actor)
  const words = ofThisItem(title, event)
  return (
    <li
      className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5 border-l py-1.5 pl-3 text-sm"
      data-type={event.type}
    >
      <StatusShape tone={tones[tone] ?? "none"} className="mt-1 size-3" />
      <div className="min-w-0">
        <p className="break-words">
          {words}
          {title.startsWith(actor) ? null : <span className="text-ink-3"> · {actor}</span>}
        </p>
        {detail ? (
          <p className="line-clamp-3 whitespace-pre-line break-words text-ink-2 text-xs">
            {withWallClock(detail, here)}
          </p>
        ) : null}
        {evidence ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="text-accent text-xs underline underline-offset-2"
          >
            {open ? "Hide evidence" : "Show evidence"}
          </button>
        ) : null}
      </div>
      <span className="text-right text-ink-3 text-xs leading-5">
        <span className="max-sm:hidden">{formatInstant(event.at, here, "day")}, </span>
        <Instant at={event.at} zone={zone} how="seconds" />
      </span>
      {evidence && open ? (
        <div className="col-span-3 pt-2">
          <EvidenceView evidence={evidence} />
        </div>
      ) : null}
    </li>
  )
}

function evidenceOf(event: AnyTimelineEvent): { id: string } | null {
  return "evidence" in event.data ? (event.data.evidence ?? null) : null
}

/** Events name their item by its key; here everything is about one. */
function ofThisItem(title: string, { data }: AnyTimelineEvent): string {
  const key = "itemKey" in data ? data.itemKey : null
  const words = key ? title.replace(key, "this item") : title
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`
}
