import { ArrowRight } from "lucide-react"
import type { DeployedVersion } from "@/lib/domain/release/state"

/** What is live → what it would go back to. */
export function FromTo({ from, to }: { from: DeployedVersion | null; to: DeployedVersion | null }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <Version label="Live" version={from} />
      <ArrowRight className="size-4 text-ink-3" aria-hidden />
      <Version label="Back to" version={to} />
    </div>
  )
}

function Version({ label, version }: { label: string; version: DeployedVersion | null }) {
  return (
    <div>
      <p className="text-ink-3 text-xs">{label}</p>
      <p className="font-mono">
        {version ? version.version : "nothing known"}
        {version?.commit ? <span className="ml-2 text-ink-3 text-xs">{version.commit.slice(0, 8)}</span> : null}
      </p>
    </div>
  )
}
