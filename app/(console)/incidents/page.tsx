import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { IncidentsPage } from "@/components/incidents/incidents-page"
import { databaseNow } from "@/lib/server/clock"
import { listEnvironments } from "@/lib/server/environment/list-environments"

export const metadata: Metadata = { title: "Incidents" }
export const dynamic = "force-dynamic"

export default async function Page() {
  const [now, listed] = await Promise.all([databaseNow(), listEnvironments(await caller())])
  const services = listed.ok ? listed.value.services.map(({ key, name }) => ({ key, name })) : []
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Incidents</h1>
      <p className="mt-1 mb-6 text-ink-2">What went wrong in any service that you may see, and how long it took.</p>
      <IncidentsPage services={services} renderedAt={now.toISOString()} />
    </main>
  )
}
