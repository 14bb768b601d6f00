"use client"
import Link from "next/link"
import { Instant } from "@/components/time/instant"
import { useZone } from "@/lib/client/use-zone"

/** Where a list of follow-ups stands. */
export const followupPages = { post_rollback: "rollback", after: "after", post_incident: "incident" } as const

/** Something to be done once a version is live: a look in a round, a follow-up. */
export function AfterRow({
  releaseId,
  releaseName,
  title,
  when,
  page = "after",
}: {
  releaseId: string
  releaseName: string
  title: string
  when: { word: string; at: string; how: "time" | "full" } | null
  page?: string
}) {
  const zone = useZone("UTC")
  return (
    <li>
      <Link
        href={`/releases/${releaseId}/${page}`}
        className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover/60"
      >
        <span className="min-w-0 flex-1 basis-64">
          <span className="block break-words font-medium text-sm">{title}</span>
          <span className="block text-ink-3 text-xs">{releaseName}</span>
        </span>
        {when ? (
          <span className="text-ink-2 text-xs tabular-nums">
            {when.word} <Instant at={when.at} zone={zone} how={when.how} />
          </span>
        ) : null}
      </Link>
    </li>
  )
}
