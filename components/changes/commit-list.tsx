"use client"
import { useState } from "react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import type { Comparison } from "@/lib/domain/changes/release-changes"

const FIRST = 8

export function CommitList({ comparison, zone }: { comparison: Comparison; zone: string }) {
  const { commits, commitCount } = comparison
  const [all, setAll] = useState(false)
  const shown = all ? commits : commits.slice(0, FIRST)
  return (
    <>
      <ol aria-label="Commits" className="divide-y">
        {shown.map(({ hash, subject, author, authoredAt, coAuthors, url }) => (
          <li key={hash} className="flex items-baseline gap-3 px-4 py-2 text-sm">
            <Hash hash={hash} url={url} />
            <span className="min-w-0 flex-1">
              <span className="block [overflow-wrap:anywhere]">{subject}</span>
              <span className="text-ink-3 text-xs">
                {[author, ...coAuthors].join(", ")} · <Instant at={authoredAt} zone={zone} how="day" />
              </span>
            </span>
          </li>
        ))}
      </ol>
      {commitCount > shown.length ? (
        <div className="flex flex-wrap items-center gap-3 border-t px-4 py-2 text-ink-2 text-xs">
          {all ? null : (
            <Button size="sm" onClick={() => setAll(true)}>
              Show {commits.length === commitCount ? "all" : `the newest ${commits.length} of`} {commitCount}
            </Button>
          )}
          {all ? <span>{commitCount - commits.length} earlier ones are not listed.</span> : null}
        </div>
      ) : null}
    </>
  )
}

function Hash({ hash, url }: { hash: string; url: string | null }) {
  const text = <span className="font-mono text-ink-2 text-xs">{hash.slice(0, 8)}</span>
  if (!url) return text
  return (
    <a href={url} target="_blank" rel="noreferrer" className="underline decoration-line-strong underline-offset-2">
      {text}
    </a>
  )
}
