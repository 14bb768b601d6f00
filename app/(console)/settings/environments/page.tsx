import { Server } from "lucide-react"
import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { EnvironmentPanel } from "@/components/secrets/environment-panel"
import { StatusPageSwitches } from "@/components/status-page/status-page-switches"
import { Empty, Panel } from "@/components/ui/panel"
import { readOverview } from "@/lib/server/secrets/read-overview"
import { listStatusPages } from "@/lib/server/status-page/list-status-pages"

export const metadata: Metadata = { title: "Environments" }
export const dynamic = "force-dynamic"

export default async function Page() {
  const ctx = await caller()
  const [answer, statusPages] = await Promise.all([readOverview(ctx), listStatusPages(ctx)])
  const environments = answer.ok ? answer.value : []
  return (
    <main id="main" className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Environments</h1>
      <p className="mt-1 mb-6 text-ink-2">
        Where services run, and the secrets that their checks and steps are given. A value goes in and never comes out
        again: not on a page, not in a log, not in evidence.
      </p>
      <div className="grid gap-5">
        {environments.map((overview) => (
          <EnvironmentPanel key={`${overview.service.key}/${overview.environment.key}`} overview={overview} />
        ))}
        {environments.length === 0 ? (
          <Panel>
            <Empty
              icon={<Server aria-hidden />}
              title={answer.ok ? "No environment yet" : "You may not see environments"}
            >
              {answer.ok ? "An environment says where a service runs and how it is deployed." : answer.refusal.message}
            </Empty>
          </Panel>
        ) : null}
        <StatusPageSwitches entries={statusPages} />
      </div>
    </main>
  )
}
