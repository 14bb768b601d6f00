"use client"
import Link from "next/link"
import { Ago } from "@/components/time/instant"
import { InlineCode } from "@/components/ui/inline-code"
import { useZone } from "@/lib/client/use-zone"
import type { Work } from "@/lib/client/work-query"

export function SignatureRow({ signature }: { signature: Work["signatures"][number] }) {
  const zone = useZone("UTC")
  const { releaseId, releaseName, role, title, onBehalfOf, reason, reminded } = signature
  return (
    <li>
      <Link
        href={`/releases/${releaseId}/signoffs#${role}`}
        data-testid={`awaited-${role}`}
        className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-hover/60"
      >
        <span className="min-w-0 flex-1 basis-64">
          <span className="block font-medium text-sm">
            {title}
            {onBehalfOf ? <span className="font-normal text-ink-2"> for {onBehalfOf}</span> : null}
          </span>
          <span className="block text-ink-3 text-xs">{releaseName}</span>
          {reason ? (
            <span className="line-clamp-2 block break-words text-ink-2 text-xs">
              Again: <InlineCode text={reason} />
            </span>
          ) : null}
        </span>
        {reminded ? (
          <span className="text-warn text-xs">
            {reminded.by} reminded you <Ago at={reminded.at} zone={zone} />
          </span>
        ) : null}
      </Link>
    </li>
  )
}
