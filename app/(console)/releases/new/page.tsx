import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { NewReleaseForm } from "@/components/releases/new-release-form"
import { listReleases } from "@/lib/server/releases/list-releases"

export const metadata: Metadata = { title: "New release" }
export const dynamic = "force-dynamic"

export default async function NewReleasePage() {
  const answer = await listReleases(await caller())
  const known = answer.ok ? answer.value.releases : []
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">New release</h1>
      <p className="mt-1 mb-6 text-ink-2">One version, to one environment, by the service's newest playbook.</p>
      <NewReleaseForm
        services={[...new Set(known.map((release) => release.service.key))]}
        environments={[...new Set(known.map((release) => release.environment.key))]}
      />
    </main>
  )
}
