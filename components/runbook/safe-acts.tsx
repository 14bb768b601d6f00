"use client"
import { ListChecks } from "lucide-react"
import Link from "next/link"
import { FeatureFlags } from "@/components/rollback/feature-flags"
import { RollBack } from "@/components/rollback/roll-back"
import { Button } from "@/components/ui/button"
import { Disclosure } from "@/components/ui/disclosure"
import { useRelease, useSnapshot } from "@/lib/client/release-context"

/** What the console can do itself about a problem: each is an act of its own, with its reason and its record. */
export function SafeActs() {
  const { id, status } = useRelease()
  const flags = useSnapshot((snapshot) => snapshot.environment.flags)
  const canRollBack = status === "deploying" || status === "verifying" || status === "watching"
  if (!canRollBack) return null
  return (
    <section aria-label="What the console can do" className="grid grid-cols-1 gap-2 border-b px-4 py-3">
      <h3 className="font-medium text-ink-2 text-xs">What the console can do</h3>
      <div className="flex flex-wrap gap-2">
        <RollBack size="md" label="Roll back…" />
        <Button asChild>
          <Link href={`/releases/${id}/checklist`}>
            <ListChecks aria-hidden /> Run checks again
          </Link>
        </Button>
      </div>
      {flags.length > 0 ? (
        <Disclosure summary={`Turn a feature off (${flags.length})`}>
          <FeatureFlags />
        </Disclosure>
      ) : null}
    </section>
  )
}
