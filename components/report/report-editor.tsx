"use client"
import { Save } from "lucide-react"
import { type KeyboardEvent, useDeferredValue, useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { Scrollable } from "@/components/ui/scrollable"
import { useReleaseConnection } from "@/lib/client/release-context"
import { reportMutations, reportPath } from "@/lib/client/report-query"
import { useAction } from "@/lib/client/use-action"
import type { Report } from "@/lib/contracts/api/reports"
import { MarkdownView } from "./markdown-view"

interface Current {
  revision: number
  by: string
  markdown: string
}

/** The text and beside it how it will look. Who was faster is named, and nobody's words are lost. */
export function ReportEditor({ from, reportId, onEnd }: { from: Report; reportId: string; onEnd(): void }) {
  const { releaseId } = useReleaseConnection()
  const [text, setText] = useState(from.markdown)
  const [revision, setRevision] = useState(from.saved?.revision ?? 0)
  const [seen, setSeen] = useState(from.markdown)
  const preview = useDeferredValue(text)
  const dirty = text !== seen
  const action = useAction(() => reportMutations.save(reportPath(releaseId, reportId), { revision, markdown: text }), {
    onDone: onEnd,
  })
  const current = action.problem?.code === "stale" ? currentOf(action.problem.detail) : null
  useEffect(() => {
    if (!dirty) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener("beforeunload", stay)
    return () => window.removeEventListener("beforeunload", stay)
  }, [dirty])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "s" || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    action.mutate()
  }
  const take = (next: Current, words: string) => {
    action.reset()
    setRevision(next.revision)
    setSeen(next.markdown)
    setText(words)
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto text-ink-2 text-sm">
          {revision === 0 ? "First revision" : `On revision ${revision}`}
          {dirty ? ", changed and not saved" : ""}
        </p>
        <Button onClick={onEnd}>{dirty ? "Discard" : "Back"}</Button>
        <Button tone="primary" busy={action.isPending} onClick={() => action.mutate()}>
          <Save aria-hidden /> Save
        </Button>
      </div>
      {current ? (
        <Notice
          tone="warn"
          live
          actions={
            <>
              <Button size="sm" onClick={() => take(current, current.markdown)}>
                Take theirs
              </Button>
              <Button size="sm" onClick={() => take(current, text)}>
                Keep mine on top
              </Button>
            </>
          }
        >
          {current.by} saved revision {current.revision} meanwhile. Both stay: yours would be the next one.
        </Notice>
      ) : (
        <Problem problem={action.problem} />
      )}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="grid grid-cols-1 gap-1.5">
          <label htmlFor="report-text" className="font-medium text-ink-2 text-sm">
            Markdown
          </label>
          <textarea
            id="report-text"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            spellCheck
            className="h-[60dvh] min-h-72 w-full resize-y rounded-xl border border-control bg-surface p-3 font-mono text-xs leading-5 lg:h-[70dvh]"
          />
          <p className="text-ink-3 text-xs">Headings, lists, tables, quotes and code. Ctrl or ⌘ S saves.</p>
        </div>
        <Panel title="How it will look" className="min-w-0">
          <Scrollable label="Preview" className="overflow-y-auto px-4 py-4 lg:max-h-[70dvh]">
            <MarkdownView text={preview} />
          </Scrollable>
        </Panel>
      </div>
    </div>
  )
}

function currentOf({ current }: Record<string, unknown>): Current | null {
  if (current === null || typeof current !== "object") return null
  const { revision, by, markdown } = current as Partial<Current>
  if (typeof revision !== "number" || typeof by !== "string" || typeof markdown !== "string") return null
  return { revision, by, markdown }
}
