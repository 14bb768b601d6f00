"use client"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { testConnection } from "@/lib/client/environment-query"
import { useWrite } from "@/lib/client/use-write"
import type { ConnectionTestView } from "@/lib/contracts/api/environments"
import { ConnectionResult } from "./connection-result"

/** Has a worker look at the platform; `config` undefined: with the saved settings. */
export function ConnectionTest({
  place,
  zone,
  config,
  last,
  onDone,
}: {
  place: { service: string; environment: string }
  zone: string
  config?: unknown
  last: ConnectionTestView | null
  onDone?(): void
}) {
  const [test, setTest] = useState<ConnectionTestView | null>(null)
  const leaving = useRef(new AbortController())
  useEffect(() => {
    const gone = new AbortController()
    leaving.current = gone
    return () => gone.abort()
  }, [])
  const asking = useWrite(() => testConnection(place, config, setTest, leaving.current.signal), onDone)
  const shown = test ?? last
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={asking.isPending} onClick={() => asking.mutate()} data-testid="test-connection">
          Test connection
        </Button>
        <p className="text-ink-3 text-xs">Reads only. A worker does it, from where a deployment would go out.</p>
      </div>
      <Problem problem={asking.problem} />
      {shown ? <ConnectionResult test={shown} zone={zone} /> : null}
    </div>
  )
}
