"use client"
import { useMemo } from "react"
import { cn } from "@/components/ui/cn"
import { Disclosure } from "@/components/ui/disclosure"
import { Notice } from "@/components/ui/notice"
import { Scrollable } from "@/components/ui/scrollable"
import type { Report } from "@/lib/contracts/api/reports"
import { type ChangedLine, changedLines } from "@/lib/domain/report/changed-lines"

const signs = { added: "+", removed: "−", same: " " } as const
const words = { added: "new", removed: "gone", same: "" } as const

/** What a draft says now that it did not say when the last revision was saved: to be taken over by hand. */
export function ReportChanges({ report: { since, markdown } }: { report: Report }) {
  const changed = useMemo(
    () =>
      since ? changedLines(since.markdown, markdown).filter(({ how, text }) => how !== "same" && text !== "") : [],
    [since, markdown],
  )
  if (!since) return null
  if (changed.length === 0) {
    return (
      <Notice tone="pass">Nothing that the draft tells has changed since revision {since.revision} was saved.</Notice>
    )
  }
  return (
    <div data-testid="report-changes" className="rounded-xl border bg-surface px-4 py-2">
      <Disclosure
        open
        summary={`${changed.length === 1 ? "1 line" : `${changed.length} lines`} changed since revision ${since.revision} was saved`}
      >
        <Scrollable label="Changed lines" className="max-h-80 overflow-auto pb-2 font-mono text-xs leading-5">
          {changed.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
            <Line key={index} line={line} />
          ))}
        </Scrollable>
      </Disclosure>
    </div>
  )
}

function Line({ line: { how, text } }: { line: ChangedLine }) {
  return (
    <p className={cn("flex gap-2 px-1", how === "added" ? "bg-pass/8" : "bg-fail/8")}>
      <span aria-hidden className={how === "added" ? "text-pass" : "text-fail"}>
        {signs[how]}
      </span>
      <span className="sr-only">{words[how]}:</span>
      <span className="min-w-0 break-words">{text}</span>
    </p>
  )
}
