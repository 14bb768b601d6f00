"use client"
import Link from "next/link"
import { Ago } from "@/components/time/instant"
import { Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import type { Incident, IncidentCause } from "@/lib/domain/incident/incident-state"

const kinds: Record<IncidentCause["kind"], string> = {
  person: "Seen by a person",
  trigger: "Rollback trigger",
  threshold: "Alert threshold",
  rollback: "Rollback",
}

/** What made it an incident, and what else went wrong since: each with the way to where it is looked at. */
export function IncidentSignals({ incident }: { incident: Incident }) {
  const release = useRelease()
  const { cause, signals, startedAt } = incident
  const all = [{ ...cause, at: startedAt }, ...signals]
  const places = [
    { path: "verify", title: "Metrics and triggers" },
    { path: "rollback", title: "Rollback" },
    { path: "deploy", title: "Deployment" },
    { path: "timeline", title: "Timeline" },
  ]
  return (
    <Panel title="What went wrong" aside={all.length > 1 ? `${all.length} signs` : null}>
      <ol className="divide-y" data-testid="incident-signals">
        {all.map(({ kind, key, words, at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: signs are only ever added at the end
          <li key={index} className="px-4 py-2.5">
            <p className="break-words text-sm">{words}</p>
            <p className="text-ink-3 text-xs">
              {kinds[kind]}
              {kind === "trigger" && key ? `: ${release.triggers[key]?.title ?? key}` : ""} ·{" "}
              <Ago at={at} zone={release.window.zone} />
            </p>
          </li>
        ))}
      </ol>
      <nav aria-label="Where to look" className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2.5 text-sm">
        {places.map(({ path, title }) => (
          <Link key={path} href={`/releases/${release.id}/${path}`} className="underline underline-offset-2">
            {title}
          </Link>
        ))}
      </nav>
    </Panel>
  )
}
