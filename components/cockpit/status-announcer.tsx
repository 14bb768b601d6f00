"use client"
import { releaseLooks, verdictLooks } from "@/components/status/tones"
import { useRelease } from "@/lib/client/release-context"
import { openIncident } from "@/lib/domain/incident/declare-incident"

/** Says aloud what changed about the release as a whole. */
export function StatusAnnouncer() {
  const incident = useRelease(openIncident)
  const { name, status, verification, rollback } = useRelease()
  const words = [
    `${name}: ${releaseLooks[status].word}.`,
    incident ? `Incident ${incident.number}: ${incident.title}.` : "",
    incident?.acknowledged ? `${incident.acknowledged.by.name} has it.` : "",
    rollback?.status === "counting" ? `Rollback counts down: ${rollback.reason}` : "",
    rollback?.status === "asked" ? `A rollback is asked for: ${rollback.reason}` : "",
    verification?.verdict ? `Verdict: ${verdictLooks[verification.verdict].word}.` : "",
  ]
  return (
    <p aria-live="polite" className="sr-only">
      {words.filter(Boolean).join(" ")}
    </p>
  )
}
