import { Plus, Rocket } from "lucide-react"
import Link from "next/link"
import { caller } from "@/app/caller"
import { ReleaseList } from "@/components/releases/release-list"
import { Button } from "@/components/ui/button"
import { Empty, Panel } from "@/components/ui/panel"
import { mayPerform } from "@/lib/domain/access/policy"
import { listReleases } from "@/lib/server/releases/list-releases"

export const dynamic = "force-dynamic"

export default async function ReleasesPage() {
  const ctx = await caller()
  const answer = await listReleases(ctx)
  const releases = answer.ok ? answer.value.releases : []
  const mayCreate = mayPerform(ctx.person?.roles ?? [], "release.create")
  const create = mayCreate ? (
    <Button asChild tone="primary">
      <Link href="/releases/new">
        <Plus aria-hidden /> New release
      </Link>
    </Button>
  ) : null
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-xl tracking-tight">Releases</h1>
        {create}
      </div>
      {releases.length > 0 ? (
        <ReleaseList releases={releases} />
      ) : (
        <Panel>
          <Empty icon={<Rocket aria-hidden />} title={answer.ok ? "No release yet" : "You may not see releases"}>
            {answer.ok
              ? "A release takes one version to one environment, by the service's playbook."
              : answer.refusal.message}
          </Empty>
        </Panel>
      )}
    </main>
  )
}
