"use client"
import { Lock } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { Ago, Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { unlockEnvironment } from "@/lib/client/release-mutations"
import { useWrite } from "@/lib/client/use-write"
import type { EnvironmentView } from "@/lib/contracts/api/environments"

/** What is live and since when, who holds the environment, and whether it is locked. */
export function EnvironmentNow({ view, zone, onChanged }: { view: EnvironmentView; zone: string; onChanged(): void }) {
  const { live, active, lock, may } = view
  return (
    <Panel title="Now">
      <dl className="grid gap-x-6 gap-y-3 px-4 py-3 sm:grid-cols-2">
        <div>
          <dt className="text-ink-3 text-xs">Live</dt>
          <dd data-testid="environment-live">
            {live ? (
              <>
                <span className="font-mono">{live.version?.version ?? "nothing"}</span>
                {live.version?.commit ? (
                  <span className="ml-2 font-mono text-ink-3 text-xs">{live.version.commit.slice(0, 8)}</span>
                ) : null}
                <span className="block text-ink-2 text-xs">
                  {live.how === "switched" ? "since " : "seen "}
                  <Instant at={live.at} zone={zone} />, {live.how === "found" ? `asked by ${live.by}` : "by "}
                  {live.how === "switched" && live.release ? (
                    <Link href={`/releases/${live.release.id}/timeline`} className="underline underline-offset-2">
                      {live.release.name}
                    </Link>
                  ) : null}
                </span>
              </>
            ) : (
              <span className="text-ink-2 text-sm">Not known yet: test the connection, or deploy a release.</span>
            )}
          </dd>
        </div>
        <div>
          <dt className="text-ink-3 text-xs">Under way</dt>
          <dd className="text-sm">
            {active ? (
              <Link href={`/releases/${active.releaseId}/deploy`} className="underline underline-offset-2">
                {active.releaseName}, <Ago at={active.since} zone={zone} />
              </Link>
            ) : (
              "Nothing"
            )}
          </dd>
        </div>
      </dl>
      {lock ? <LockLine {...{ view, lock, zone, onChanged }} mayUnlock={may.unlock} /> : null}
    </Panel>
  )
}

function LockLine({
  view: { service, environment },
  lock,
  zone,
  mayUnlock,
  onChanged,
}: {
  view: EnvironmentView
  lock: NonNullable<EnvironmentView["lock"]>
  zone: string
  mayUnlock: boolean
  onChanged(): void
}) {
  const [open, setOpen] = useState(false)
  const unlock = useWrite(
    (reason: string) => unlockEnvironment({ service: service.key, environment: environment.key, reason }),
    () => {
      setOpen(false)
      onChanged()
    },
  )
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t bg-warn/8 px-4 py-3">
      <Lock className="size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0 flex-1 basis-60 text-sm">
        <p className="font-medium">Locked: nothing is deployed to it</p>
        <p className="text-ink-2">
          {lock.reason} · {lock.byName}, <Ago at={lock.at} zone={zone} />
        </p>
      </div>
      {mayUnlock ? <Button onClick={() => setOpen(true)}>Unlock…</Button> : null}
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Unlock ${environment.name}`}
        description="The next release that is ready can then be deployed."
        action="Unlock"
        busy={unlock.isPending}
        problem={unlock.problem}
        onSubmit={(reason) => unlock.mutate(reason)}
      />
    </div>
  )
}
