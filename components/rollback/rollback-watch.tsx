"use client"
import { StatusShape, toneInk } from "@/components/status/status-mark"
import { verdictLooks } from "@/components/status/tones"
import { Remaining } from "@/components/time/elapsed"
import { cn } from "@/components/ui/cn"
import { WatchProgress } from "@/components/verification/watch-progress"
import { useRelease } from "@/lib/client/release-context"

/** The watch over the version that is live again. */
export function RollbackWatch() {
  const rollback = useRelease((release) => release.rollback)
  const closed = useRelease((release) => release.status === "closed")
  const watch = rollback?.watch
  if (!watch || !rollback?.verifiedAt) return null
  const look = watch.verdict
    ? verdictLooks[watch.verdict]
    : ({ tone: closed ? "off" : "busy", word: "Watching" } as const)
  return (
    <section
      aria-label="After the rollback"
      className="rounded-xl border bg-surface px-5 py-4"
      data-testid="rollback-watch"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusShape tone={look.tone} className="size-6" />
        <div>
          <p className={cn("font-semibold text-lg tracking-tight", toneInk[look.tone])}>{look.word}</p>
          <p className="text-ink-2 text-sm">
            {watch.verdict ? (
              `${rollback.to?.version} was watched after it was live again`
            ) : closed ? (
              "The release was closed before there was a verdict"
            ) : (
              <>
                {rollback.to?.version} is watched for <Remaining until={watch.endsAt} /> more
              </>
            )}
          </p>
        </div>
      </div>
      {watch.verdict || closed ? null : <WatchProgress from={rollback.verifiedAt} to={watch.endsAt} />}
      {watch.reasons.length > 0 ? (
        <ul className="mt-3 grid gap-1 border-t pt-3 text-ink-2 text-sm">
          {watch.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
