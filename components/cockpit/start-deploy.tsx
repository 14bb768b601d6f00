"use client"
import { Rocket } from "lucide-react"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useGate, useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Blocker } from "@/lib/domain/gate/gate-types"
import { BlockerList } from "../gate/blocker-list"

/** Starts the deployment once the gate says go; the world changes, so the environment's name is typed. */
export function StartDeploy() {
  const { id, version, environment } = useRelease()
  const { startDeploy } = useReleaseMutations()
  const may = useMay("deploy.start")
  const { go, renewable } = useGate()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState("")
  const action = useAction(() => startDeploy(), {
    onDone: () => {
      setOpen(false)
      // Stale proof is renewed first: how far that is stands on every page.
      if (go) router.push(`/releases/${id}/deploy`)
    },
  })
  const able = go || renewable.length > 0
  const words = go || renewable.length === 0 ? "Start deploy" : `Prove ${staleItems(renewable.length)} and start`
  const matches = typed.trim() === environment.key
  const blockers = action.problem?.detail.blockers as Blocker[] | undefined

  return (
    <>
      <Button
        tone="primary"
        size="lg"
        data-testid="start-deploy"
        disabled={!able || !may}
        title={may ? (able ? undefined : "The gate is not open yet") : "Your roles do not start deployments"}
        onClick={() => {
          setTyped("")
          action.reset()
          setOpen(true)
        }}
      >
        <Rocket aria-hidden /> {words}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Deploy ${version} to ${environment.name}`}
        description={
          <>
            {go || renewable.length === 0 ? null : (
              <p className="mb-1">
                {renewable.length === 1 ? "1 item was" : `${renewable.length} items were`} proved too long ago. That
                proof is renewed first, and the deployment starts only if all of it holds.
              </p>
            )}
            <p>Preflight checks run first, then users see the maintenance page, then the new version goes live.</p>
          </>
        }
      >
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (matches) action.mutate()
          }}
        >
          <TextField
            label={`Type ${environment.key} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            className="font-mono"
          />
          <Problem problem={action.problem} />
          {blockers ? <BlockerList blockers={blockers} /> : null}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" tone="primary" disabled={!matches} busy={action.isPending}>
              {words}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

function staleItems(count: number): string {
  return count === 1 ? "1 stale item" : `${count} stale items`
}
