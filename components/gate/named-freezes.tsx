"use client"
import { Snowflake } from "lucide-react"
import { Instant } from "@/components/time/instant"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import type { GateAnswer } from "@/lib/domain/gate/gate"
import type { WindowOverride } from "@/lib/domain/release/state"

/** The freezes in force, and whether the override that was asked for names them. */
export function NamedFreezes({
  freezes,
  override,
}: {
  freezes: GateAnswer["freezes"]["inForce"]
  override: WindowOverride | null
}) {
  const zone = useRelease((release) => release.window.zone)
  const known = useSnapshot((snapshot) => snapshot.environment.freezes)
  const past = (override?.freezeIds ?? []).filter((id) => !freezes.some(({ freeze }) => freeze.id === id))
  const pastNames = past.flatMap((id) => known.find((each) => each.id === id)?.name ?? [])
  if (freezes.length === 0 && pastNames.length === 0) return null
  return (
    <ul className="grid gap-1.5" data-testid="named-freezes">
      {freezes.map(({ freeze, until }) => (
        <li key={freeze.id} className="flex items-start gap-2">
          <Snowflake className="mt-0.5 size-3.5 shrink-0 text-ink-3" aria-hidden />
          <span className="min-w-0 break-words">
            {freeze.name}
            <span className="block text-ink-2 text-xs">
              {freeze.reason} ({freeze.by}),{" "}
              {until === null ? "no end in sight" : <>until {<Instant at={until} zone={zone} />}</>}
            </span>
            {override ? (
              <span className="block text-ink-3 text-xs">
                {isNamed(override, freeze) ? "Named by the override" : "Not named by the override: it stays in the way"}
              </span>
            ) : null}
          </span>
        </li>
      ))}
      {pastNames.length > 0 ? (
        <li className="text-ink-3 text-xs">No longer in force, named by the override: {pastNames.join(", ")}</li>
      ) : null}
    </ul>
  )
}

function isNamed(override: WindowOverride, { id, changedAt }: { id: string; changedAt: string }): boolean {
  return override.freezeIds.includes(id) && Date.parse(changedAt) <= Date.parse(override.requestedAt)
}
