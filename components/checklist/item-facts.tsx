"use client"
import type { ReactNode } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { Ago, Instant } from "@/components/time/instant"
import { InlineCode } from "@/components/ui/inline-code"
import { formatDuration } from "@/lib/client/format"
import { useMay, useRelease, useSnapshot } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { rolesThatMay } from "@/lib/domain/access/policy"
import { roleTitles } from "@/lib/domain/access/roles"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"

const DAY_MS = 86_400_000

/** What is wanted, what the check looks at, what came of it last and how long it holds. */
export function ItemFacts({ item, status }: { item: ChecklistItem; status: ItemStatus }) {
  const zone = useRelease((release) => release.window.zone)
  const words = useSnapshot((snapshot) => snapshot.checkWords[item.key])
  const mayWaive = useMay("checklist.waive")
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      <Fact name="Wanted">
        <InlineCode text={item.evidenceWanted} />
      </Fact>
      <Fact name="Proved by">
        {item.check ? (
          <>
            {words?.title ?? item.check.kind}
            {words?.words.map((line) => (
              <span key={line} className="block break-words text-ink-2">
                <InlineCode text={line} />
              </span>
            ))}
          </>
        ) : (
          "a person, who brings what is wanted"
        )}
      </Fact>
      {item.at ? (
        <Fact name="Last result">
          <span className="flex flex-wrap items-center gap-x-1.5">
            <StatusMark look={itemLooks[item.state]} />
            <span>
              {item.by ? <>by {item.by}, </> : null}
              <Ago at={item.at} zone={zone} />
            </span>
          </span>
          {(item.note ?? item.evidence?.summary) ? (
            <span className="block whitespace-pre-line break-words text-ink-2">
              {item.note ?? item.evidence?.summary}
            </span>
          ) : null}
        </Fact>
      ) : null}
      {item.state === "passed" ? <Holds until={item.validUntil} status={status} zone={zone} /> : null}
      <Fact name="Waiver">
        {item.waivable
          ? mayWaive
            ? "you may, with a reason"
            : `by ${rolesThatMay("checklist.waive")
                .map((role) => roleTitles[role])
                .join(", ")}`
          : "never: it must be proved"}
      </Fact>
    </dl>
  )
}

function Holds({ until, status, zone }: { until: string | null; status: ItemStatus; zone: string }) {
  const nowMs = useNow(1_000)
  if (!until) return <Fact name="Holds">for good</Fact>
  const leftMs = Date.parse(until) - nowMs
  return (
    <Fact name={status === "stale" ? "Held until" : "Holds until"}>
      <Instant at={until} zone={zone} how={Math.abs(leftMs) < DAY_MS / 2 ? "time" : "full"} />,{" "}
      {leftMs > 0 ? `${formatDuration(leftMs)} left` : `${formatDuration(-leftMs)} ago`}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
