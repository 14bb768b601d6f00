"use client"
import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { Disclosure } from "@/components/ui/disclosure"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { documentReceivedAtMs, syncClock } from "@/lib/client/clock"
import { environmentQuery } from "@/lib/client/environment-query"
import type { EnvironmentView } from "@/lib/contracts/api/environments"
import { ConnectionTest } from "./connection-test"
import { EnvironmentNow } from "./environment-now"
import type { Kinds } from "./kinds"
import { LiveHistory } from "./live-history"
import { SettingsForm } from "./settings-form"

const ZONE = "UTC"

/** One environment: what is live, what was, whether the console gets through, and how it is set up. */
export function EnvironmentPage({ first, kinds }: { first: EnvironmentView; kinds: Kinds | null }) {
  const place = { service: first.service.key, environment: first.environment.key }
  const { data: view = first, error, refetch } = useQuery({ ...environmentQuery(place), initialData: first })
  useEffect(() => syncClock(first.serverNow, documentReceivedAtMs()), [first.serverNow])
  const again = () => void refetch()
  return (
    <div className="grid gap-5">
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      <EnvironmentNow view={view} zone={ZONE} onChanged={again} />
      {view.may.test ? (
        <Panel title="Connection">
          <div className="p-4">
            <ConnectionTest place={place} zone={ZONE} last={view.lastTest} onDone={again} />
          </div>
        </Panel>
      ) : null}
      <LiveHistory history={view.history} zone={ZONE} />
      {view.config && kinds ? (
        <Panel title="Settings">
          <Disclosure summary="Change how it is reached, deployed and put into maintenance" className="p-4">
            <SettingsForm
              key={view.configRevision}
              {...{ place, kinds, config: view.config, revision: view.configRevision }}
              zone={ZONE}
              onSaved={again}
            />
          </Disclosure>
        </Panel>
      ) : null}
    </div>
  )
}
