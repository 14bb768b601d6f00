"use client"
import { useRelease } from "@/lib/client/release-context"

/** What users get now, as far as this release knows. */
export function LiveVersion() {
  const live = useRelease((release) => release.live ?? release.previous)
  return (
    <span data-testid="live-version">
      {live ? (
        <>
          live now: <span className="font-mono text-ink text-xs">{live.version}</span>
        </>
      ) : (
        "live version not known yet"
      )}
    </span>
  )
}
