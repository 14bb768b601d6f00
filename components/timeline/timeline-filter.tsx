"use client"
import { Search } from "lucide-react"
import { useDeferredValue, useMemo, useState } from "react"
import { cn } from "@/components/ui/cn"
import { useEvents } from "@/lib/client/release-context"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { Description } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { useEventWords } from "./event-words"

export interface TimelineFilterState {
  query: string
  setQuery(query: string): void
  noun: string
  setNoun(noun: string): void
  nouns: string[]
  shown: readonly AnyTimelineEvent[]
  active: boolean
}

export function useTimelineFilter(): TimelineFilterState {
  const events = useEvents()
  const [query, setQuery] = useState("")
  const [noun, setNoun] = useState("")
  const needle = useDeferredValue(query.trim().toLowerCase())
  const words = useEventWords()
  const nouns = useMemo(() => [...new Set(events.map((event) => event.type.split(".")[0] ?? ""))].toSorted(), [events])
  const shown = useMemo(
    () => (needle || noun ? events.filter((event) => matches(event, words(event), needle, noun)) : events),
    [events, words, needle, noun],
  )
  return { query, setQuery, noun, setNoun, nouns, shown, active: Boolean(needle || noun) }
}

function matches(event: AnyTimelineEvent, words: Description, needle: string, noun: string): boolean {
  if (noun && words.noun !== noun) return false
  if (!needle) return true
  return `${words.title} ${words.detail ?? ""} ${actorName(event.actor)} ${event.type} ${event.seq}`
    .toLowerCase()
    .includes(needle)
}

export function TimelineFilter({ filter, compact }: { filter: TimelineFilterState; compact?: boolean }) {
  return (
    <div className={cn("flex gap-2", compact ? "flex-row" : "flex-col sm:flex-row")}>
      <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-control bg-surface px-2.5">
        <Search className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        <span className="sr-only">Search the timeline</span>
        <input
          value={filter.query}
          onChange={(event) => filter.setQuery(event.target.value)}
          placeholder="Search"
          className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-3"
        />
      </label>
      <label className="shrink-0">
        <span className="sr-only">Show only</span>
        <select
          value={filter.noun}
          onChange={(event) => filter.setNoun(event.target.value)}
          className="h-8 max-w-36 rounded-md border border-control bg-surface px-2 text-sm"
        >
          <option value="">Everything</option>
          {filter.nouns.map((noun) => (
            <option key={noun} value={noun}>
              {noun[0]?.toUpperCase()}
              {noun.slice(1)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
