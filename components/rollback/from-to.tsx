import { ArrowRight } from "lucide-react"
import type { DeployedVersion } from "@/lib/domain/release/state"

interface FromToProps {
  from: DeployedVersion | null
  to: DeployedVersion | null
  /** The switch has taken place. */
  done?: boolean
}

/** What is live → what it would go back to; afterwards, what was live → what is. */
export function FromTo({ from, to, done = false }: FromToProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <Version label={done ? "Was live" : "Live"} version={from} />
      <ArrowRight className="size-4 text-ink-3" aria-hidden />
      <Version label={done ? "Live again" : "Back to"} version={to} />
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
