"use client"
import { RotateCcw } from "lucide-react"
import Link from "next/link"
import { Instant } from "@/components/time/instant"
import { Panel } from "@/components/ui/panel"
import type { LiveVersionView } from "@/lib/contracts/api/environments"

/** What was made live here and when, by which release. */
export function LiveHistory({ history, zone }: { history: readonly LiveVersionView[]; zone: string }) {
  const switches = history.filter(({ how }) => how === "switched")
  return (
    <Panel title="History">
      {switches.length === 0 ? (
        <p className="px-4 py-3 text-ink-2 text-sm">No release of this console has made anything live here yet.</p>
      ) : (
        <ol className="divide-y" data-testid="live-history">
          {switches.map(({ at, version, from, back, by, release }) => (
            <li
              key={`${at}-${version?.deploymentId}`}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5"
            >
              <span className="w-40 shrink-0 text-ink-3 text-xs">
                <Instant at={at} zone={zone} />
              </span>
              <span className="min-w-0 flex-1 basis-56 text-sm">
                <span className="font-mono text-xs">{version?.version ?? "nothing"}</span>
                {from ? <span className="text-ink-3"> after {from.version}</span> : null}
                {back ? (
                  <span className="ml-2 inline-flex items-center gap-1 text-warn text-xs">
                    <RotateCcw className="size-3" aria-hidden /> rolled back
                  </span>
                ) : null}
              </span>
              <span className="min-w-0 text-ink-2 text-xs">
                {release ? (
                  <Link href={`/releases/${release.id}/timeline`} className="underline underline-offset-2">
                    {release.name}
                  </Link>
                ) : (
                  by
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
