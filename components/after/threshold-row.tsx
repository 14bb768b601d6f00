"use client"
import { StatusMark } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { formatDuration } from "@/lib/client/format"
import { useRelease, useSamples } from "@/lib/client/release-context"
import type { ReleaseStatus } from "@/lib/domain/release/state"
import { isBreached, readingInWords, type ThresholdView, thresholdLook } from "./read-thresholds"

export function ThresholdRow({ view }: { view: ThresholdView }) {
  const { id, title, rule, state } = view
  const zone = useRelease((release) => release.window.zone)
  const watched = useRelease(({ switchedAt, status }) => switchedAt !== null && status in isWatched)
  const samples = useSamples(rule?.metric ?? "")
  const look = thresholdLook(view, samples.at(-1), watched)
  return (
    <li
      data-testid={`threshold-${id}`}
      data-tone={look.tone}
      className={cn("flex flex-wrap items-start gap-x-4 gap-y-0.5 px-4 py-2", isBreached(view) && "bg-fail/8")}
    >
      <div className="min-w-0 flex-1 basis-44">
        <p className="text-sm">
          {title}
          {rule && rule.forMs > 0 ? <span className="text-ink-3"> for {formatDuration(rule.forMs)}</span> : null}
        </p>
        {state ? (
          <p className={cn("text-xs", state.clearedAt ? "text-ink-2" : "text-fail")}>
            {state.words}{" "}
            {state.clearedAt ? (
              <>
                Fine again <Ago at={state.clearedAt} zone={zone} />.
              </>
            ) : (
              <>
                Since <Ago at={state.breachedAt} zone={zone} />.
              </>
            )}
          </p>
        ) : null}
      </div>
      <div className="ml-auto text-right">
        <StatusMark look={look} />
        {rule ? <p className="text-ink-3 text-xs">{readingInWords(rule, samples)}</p> : null}
      </div>
    </li>
  )
}

/** While a version that went live is not gone or closed, its figures are read. */
const isWatched: Partial<Record<ReleaseStatus, true>> = { deploying: true, verifying: true, watching: true }
