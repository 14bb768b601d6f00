"use client"
import Link from "next/link"
import { Ago } from "@/components/time/instant"
import { InlineCode } from "@/components/ui/inline-code"
import { useZone } from "@/lib/client/use-zone"
import type { Work } from "@/lib/client/work-query"

export function MentionRow({ mention, isNew }: { mention: Work["mentions"][number]; isNew: boolean }) {
  const zone = useZone("UTC")
  return (
    <li>
      <Link
        href={`/releases/${mention.releaseId}/checklist#item-${mention.itemKey}`}
        data-testid={`mention-${mention.commentId}`}
        className="block px-4 py-2.5 hover:bg-hover/60"
      >
        <span className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-medium">{mention.by}</span>
          <span className="text-ink-3 text-xs">
            <Ago at={mention.at} zone={zone} />
          </span>
          {isNew ? (
            <span className="rounded-full border border-accent/40 px-1.5 font-medium text-2xs text-accent">New</span>
          ) : null}
        </span>
        <span className="line-clamp-3 whitespace-pre-line break-words text-ink-2 text-sm">{mention.text}</span>
        <span className="mt-0.5 block text-ink-3 text-xs">
          <InlineCode text={mention.title} /> · {mention.releaseName}
        </span>
      </Link>
    </li>
  )
}
