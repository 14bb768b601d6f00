"use client"
import { useVirtualizer } from "@tanstack/react-virtual"
import { ArrowDown, Download, Search } from "lucide-react"
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { CopyButton } from "@/components/ui/copy-button"
import { ansiSpans, plainText } from "./ansi"
import { foldGroups, type LogRow } from "./fold-groups"

export interface ShownLine {
  id: string
  text: string
  stream: "out" | "err" | "info"
}

const LINE_PX = 19

/** Output of a step: virtualised, follows the end until someone scrolls up, searchable, to copy and to download. */
export function LogViewer({
  lines,
  label,
  downloadHref,
  live,
}: {
  lines: readonly ShownLine[]
  label: string
  downloadHref?: string
  live: boolean
}) {
  const scroller = useRef<HTMLElement>(null)
  const [following, setFollowing] = useState(true)
  const [query, setQuery] = useState("")
  const needle = useDeferredValue(query.trim().toLowerCase())
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  // Who searches looks into closed groups, too.
  const shown = useMemo(() => (needle ? matching(lines, needle) : foldGroups(lines, turned)), [lines, needle, turned])
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
    getItemKey: (index) => keyOf(shown[index]) ?? index,
  })
  const last = shown.length - 1
  useEffect(() => {
    if (following && last >= 0) rows.scrollToIndex(last, { align: "end" })
  }, [following, last, rows])

  return (
    <div className="overflow-hidden rounded-lg border bg-term text-term-ink">
      <div className="flex flex-wrap items-center gap-1 border-white/10 border-b px-2 py-1">
        <label className="flex min-w-32 flex-1 items-center gap-2 px-1 text-xs">
          <Search className="size-3.5 opacity-70" aria-hidden />
          <span className="sr-only">Search the output</span>
          <input
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            placeholder="Search"
            className="h-7 min-w-0 flex-1 bg-transparent text-term-ink placeholder:text-[#9a9aa6]"
          />
        </label>
        <span className="px-1 text-2xs opacity-80" aria-live="off">
          {needle ? `${shown.length} of ${lines.length}` : `${lines.length} lines`}
        </span>
        <Button
          size="sm"
          tone="quiet"
          aria-pressed={following}
          onClick={() => setFollowing(!following)}
          className={cn("text-term-ink hover:bg-white/10 hover:text-term-ink", following && "bg-white/10")}
        >
          <ArrowDown aria-hidden /> Follow
        </Button>
        <CopyButton
          text={() => lines.map((line) => plainText(line.text)).join("\n")}
          className="text-term-ink hover:bg-white/10 hover:text-term-ink"
        />
        {downloadHref ? (
          <Button asChild size="sm" tone="quiet" className="text-term-ink hover:bg-white/10 hover:text-term-ink">
            <a href={downloadHref} download>
              <Download aria-hidden /> Download
            </a>
          </Button>
        ) : null}
      </div>
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        onScroll={({ currentTarget: box }) => {
          const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < LINE_PX * 2
          if (!atEnd && following && box.scrollHeight > box.clientHeight) setFollowing(false)
        }}
        className="max-h-80 min-h-20 overflow-auto py-2 font-mono text-xs"
      >
        {shown.length === 0 ? (
          <p className="px-3 py-2 opacity-80">
            {needle ? "No line matches." : live ? "Waiting for the first line…" : "This step wrote nothing."}
          </p>
        ) : (
          <div className="relative" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map((row) => {
              const item = shown[row.index]
              if (item?.kind === "group") {
                return (
                  <div
                    key={row.key}
                    ref={rows.measureElement}
                    data-index={row.index}
                    style={{ transform: `translateY(${row.start}px)` }}
                    className="absolute inset-x-0 px-3 leading-[19px]"
                  >
                    <button
                      type="button"
                      aria-expanded={item.open}
                      onClick={() => setTurned((now) => toggled(now, item.id))}
                      className="flex w-full items-center gap-3 rounded text-left font-semibold hover:bg-white/5"
                    >
                      <span aria-hidden className="w-8 shrink-0 text-right">
                        {item.open ? "▾" : "▸"}
                      </span>
                      <span className="min-w-0 break-all">{item.title}</span>
                      <span className="shrink-0 font-normal opacity-70">{item.lines} lines</span>
                    </button>
                  </div>
                )
              }
              const line = item?.line
              return line ? (
                <div
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  style={{ transform: `translateY(${row.start}px)` }}
                  className={cn(
                    "absolute inset-x-0 flex gap-3 px-3 leading-[19px] hover:bg-white/5",
                    line.stream === "err" && "text-[#ffb3ae]",
                    line.stream === "info" && "text-[#a9bfff]",
                  )}
                >
                  <span aria-hidden className="w-8 shrink-0 select-none text-right text-[#85858f]">
                    {item.n}
                  </span>
                  <span className="min-w-0 whitespace-pre-wrap break-all">
                    {ansiSpans(line.text).map((span, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a line never change
                      <span key={index} className={span.className}>
                        {span.text}
                      </span>
                    ))}
                  </span>
                </div>
              ) : null
            })}
          </div>
        )}
      </section>
    </div>
  )
}

function matching(lines: readonly ShownLine[], needle: string): LogRow<ShownLine>[] {
  return lines.flatMap((line, index) =>
    plainText(line.text).toLowerCase().includes(needle) ? [{ kind: "line" as const, line, n: index + 1 }] : [],
  )
}

function keyOf(row: LogRow<ShownLine> | undefined): string | undefined {
  return row?.kind === "group" ? `group ${row.id}` : row?.line.id
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
