"use client"
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { ChevronRight } from "lucide-react"
import { useEffect, useId, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { itemHistoryKey, itemHistoryQuery } from "@/lib/client/item-history"
import { useReleaseConnection } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"
import { HistoryEntry } from "./history-entry"

/** Every run and act of an item, the newest first; read when somebody asks for it. */
export function ItemHistory({ item, focus, onFocused }: { item: ChecklistItem; focus: boolean; onFocused(): void }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!focus) return
    setOpen(true)
    button.current?.scrollIntoView({ block: "center" })
    button.current?.focus({ preventScroll: true })
    onFocused()
  }, [focus, onFocused])
  return (
    <section aria-label="History" className="min-w-0">
      <button
        ref={button}
        type="button"
        data-act="history"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 items-center gap-1.5 rounded-md font-medium text-ink-2 text-sm hover:text-ink"
      >
        <ChevronRight className={cn("size-3.5 transition-transform", open && "rotate-90")} aria-hidden />
        History
      </button>
      <div id={id}>{open ? <Entries item={item} /> : null}</div>
    </section>
  )
}

function Entries({ item }: { item: ChecklistItem }) {
  const { releaseId } = useReleaseConnection()
  const client = useQueryClient()
  const history = useInfiniteQuery(itemHistoryQuery(releaseId, item.key))
  const known = useRef(item)
  useEffect(() => {
    if (known.current === item) return
    known.current = item
    void client.invalidateQueries({ queryKey: itemHistoryKey(releaseId, item.key) })
  }, [item, client, releaseId])
  // The request of a check says the same as the run that was queued for it.
  const events = history.data?.pages.flatMap((page) => page.events).filter(({ type }) => type !== "run.queued") ?? []
  return (
    <div className="grid gap-2 pt-1">
      {history.isPending ? <Skeleton className="h-16" /> : null}
      {history.error ? <Notice tone="fail">{history.error.message}</Notice> : null}
      {history.data && events.length === 0 ? (
        <p className="text-ink-3 text-sm">Nothing has happened with this item yet.</p>
      ) : null}
      <ol className="grid" data-testid="item-history">
        {events.map((event) => (
          <HistoryEntry key={event.seq} event={event} />
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button
          size="sm"
          className="justify-self-start"
          busy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  )
}
