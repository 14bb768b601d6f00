"use client"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { StatusShape, toneInk } from "@/components/status/status-mark"
import { type Look, verdictLooks } from "@/components/status/tones"
import { Remaining } from "@/components/time/elapsed"
import { Instant } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { Disclosure } from "@/components/ui/disclosure"
import { useRelease } from "@/lib/client/release-context"
import { SteerWatch } from "./steer-watch"
import { WatchProgress } from "./watch-progress"

/** The verdict, large, with its reasons; before it, what is still looked at. */
export function WatchVerdict() {
  const verification = useRelease((release) => release.verification)
  const status = useRelease((release) => release.status)
  const zone = useRelease((release) => release.window.zone)
  const evidenceId = useRelease(({ verification: now, runs }) => {
    const steps = (now && runs[now.runId]?.steps) ?? []
    return steps.find(({ phase }) => phase === "watch")?.evidenceId ?? null
  })
  if (!verification) return null
  const { verdict, reasons, decidedAt, watchStartedAt, watchEndsAt, steered, accepted } = verification
  // A rollback ends the watch before it could say anything.
  const over = status !== "deploying" && status !== "verifying"
  const look: Look = verdict
    ? verdictLooks[verdict]
    : over
      ? { tone: "off", word: "No verdict" }
      : { tone: "busy", word: "No verdict yet" }
  return (
    <section
      aria-label="Verdict"
      data-testid="watch-verdict"
      data-verdict={verdict ?? "none"}
      className="rounded-xl border bg-surface px-5 py-4"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusShape tone={look.tone} className="size-8" />
        <div className="min-w-0 flex-1">
          <p aria-live="polite" className={cn("font-semibold text-2xl tracking-tight", toneInk[look.tone])}>
            {look.word}
          </p>
          <p className="text-ink-2 text-sm">
            {decidedAt ? (
              <>
                Given <Instant at={decidedAt} zone={zone} />
              </>
            ) : over ? (
              "The watch ended before it could give one"
            ) : watchEndsAt ? (
              <>
                The metrics are watched for <Remaining until={watchEndsAt} /> more
              </>
            ) : (
              "Immediate checks and functional tests come first, then the watch"
            )}
          </p>
        </div>
        <SteerWatch />
      </div>
      {watchStartedAt && watchEndsAt && !decidedAt && !over ? (
        <WatchProgress from={watchStartedAt} to={watchEndsAt} />
      ) : null}
      {steered ? (
        <p className="mt-3 text-ink-2 text-sm">
          {steered.how === "extended" ? "Made longer" : "Ended early"} by {steered.by}: “{steered.reason}”
        </p>
      ) : null}
      {accepted ? (
        <p className="mt-3 text-sm">
          Taken as it is by {accepted.by}, <Instant at={accepted.at} zone={zone} />: “{accepted.reason}”
        </p>
      ) : null}
      {reasons.length > 0 ? (
        <ul className="mt-3 grid gap-1 border-t pt-3 text-ink-2 text-sm">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      {evidenceId ? (
        <Disclosure summary="Readings behind the verdict" className="mt-2">
          <EvidenceView evidence={{ id: evidenceId }} />
        </Disclosure>
      ) : null}
    </section>
  )
}
