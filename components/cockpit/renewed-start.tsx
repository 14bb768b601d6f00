"use client"
import { CircleStop, LoaderCircle } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { proofProgress } from "@/lib/domain/checklist/proof-progress"
import type { RunState } from "@/lib/domain/release/state"

/** A start that renews stale proof first: how far it is, and the way to call it off while nothing has been changed. */
export function RenewedStart({ run }: { run: RunState }) {
  const proof = useRelease((release) => release.proof)
  const runs = useRelease((release) => release.runs)
  const may = useMay("deploy.abort")
  const { abort } = useReleaseMutations()
  // Should the deployment have begun meanwhile, that is what is stopped: nobody who calls it off wants it.
  const action = useAction(() => abort())
  // Both come from one commit: another proof that somebody asks for meanwhile is not this one.
  const progress = proof && proof.startedAt === run.queuedAt ? proofProgress({ proof, runs }) : null
  const asked = run.abort !== null
  return (
    <>
      <p
        role="status"
        data-testid="renewed-start"
        className="inline-flex min-h-10 items-center gap-2 text-sm max-sm:w-full"
      >
        <LoaderCircle className="size-4 shrink-0 animate-turn text-accent" aria-hidden />
        <span>
          Renewing proof, then starting
          {progress ? (
            <>
              : {progress.total - progress.open.length} of {progress.total}
            </>
          ) : null}
        </span>
      </p>
      <Button
        size="lg"
        busy={action.isPending}
        disabled={!may || asked}
        title={
          action.problem?.message ?? (may ? "Nothing has been changed yet" : "Your roles do not abort deployments")
        }
        onClick={() => action.mutate()}
      >
        <CircleStop aria-hidden /> {asked ? "Calling off…" : "Call it off"}
      </Button>
    </>
  )
}
