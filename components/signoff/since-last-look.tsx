"use client"
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import Link from "next/link"
import { useEffect, useRef } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { InlineCode } from "@/components/ui/inline-code"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { useRelease, useReleaseConnection } from "@/lib/client/release-context"
import { markSeen, sinceQuery } from "@/lib/client/signing-query"
import { useAction } from "@/lib/client/use-action"

const SETTLE_MS = 1_000

/** What others changed since I last looked: items, evidence, waivers, comments, signatures. It stays until I say that I saw it. */
export function SinceLastLook() {
  const { releaseId } = useReleaseConnection()
  const zone = useRelease((release) => release.window.zone)
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    sinceQuery(releaseId),
  )
  useRefreshOnChange(() => void refetch())
  const action = useAction((seq: number) => markSeen(releaseId, seq), { onDone: () => void refetch() })
  const [first] = data?.pages ?? []
  if (isPending) return <Skeleton className="h-10" />
  if (error || !first) {
    return (
      <Notice tone="fail" actions={<Button onClick={() => void refetch()}>Try again</Button>}>
        {error?.message ?? "What changed could not be read."}
      </Notice>
    )
  }
  const changes = data.pages.flatMap((page) => page.changes)
  return (
    <div className="grid gap-2" data-testid="since-last-look">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm">
        <p className="text-ink-2">
          {first.total === 0 ? "Nothing that matters to a signature" : `${first.total} `}
          {first.total === 0 ? null : first.total === 1 ? "change" : "changes"}{" "}
          {first.seenAt ? (
            <>
              since you last looked, <Ago at={first.seenAt} zone={zone} />.
            </>
          ) : (
            "by others so far: you look at this release for the first time."
          )}
        </p>
        {first.total > 0 ? (
          <Button size="sm" busy={action.isPending} onClick={() => action.mutate(first.lastSeq)}>
            I have seen this
          </Button>
        ) : null}
      </div>
      {changes.length > 0 ? (
        <ul className="max-h-64 divide-y overflow-y-auto rounded-lg border">
          {changes.map((change) => (
            <li key={change.seq}>
              <Link href={change.href} className="block px-3 py-2 text-sm hover:bg-hover/60">
                <span className="block">
                  <InlineCode text={change.title} />
                </span>
                {change.detail ? (
                  <span className="line-clamp-2 break-words text-ink-2 text-xs">{change.detail}</span>
                ) : null}
                <span className="block text-ink-3 text-xs">
                  <Ago at={change.at} zone={zone} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button
          size="sm"
          tone="quiet"
          className="justify-self-start"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show earlier ones
        </Button>
      ) : null}
    </div>
  )
}

/** To be called after a signature: what was signed was seen. */
export function useMarkSeen(): () => void {
  const { releaseId } = useReleaseConnection()
  const lastSeq = useRelease((release) => release.lastSeq)
  const client = useQueryClient()
  return () => {
    // What was seen is a convenience: the signature does not fail with it.
    void markSeen(releaseId, lastSeq)
      .then(() => client.invalidateQueries({ queryKey: sinceQuery(releaseId).queryKey }))
      .catch(() => undefined)
  }
}

/** The stream says that something changed, and the server what of it matters. */
function useRefreshOnChange(refresh: () => void): void {
  const items = useRelease((release) => release.items)
  const signoffs = useRelease((release) => release.signoffs)
  const latest = useRef(refresh)
  latest.current = refresh
  const seen = useRef({ items, signoffs })
  useEffect(() => {
    if (seen.current.items === items && seen.current.signoffs === signoffs) return
    seen.current = { items, signoffs }
    const timer = setTimeout(() => latest.current(), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [items, signoffs])
}
