"use client"
import { useState } from "react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { TextArea } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { GateAnswer } from "@/lib/domain/gate/gate"
import { windowInWords, windowsOf } from "@/lib/domain/gate/window-gate"
import { passesFreeze } from "@/lib/domain/override/in-force"
import { NamedFreezes } from "./named-freezes"

const LEAST = 10

/** Going outside the window or in a freeze: one person asks with a reason, a second one approves, both are on record. */
export function OverridePanel({ freezes, isClosed }: { freezes: GateAnswer["freezes"]["inForce"]; isClosed: boolean }) {
  const { override, window } = useRelease()
  const environment = useSnapshot((snapshot) => snapshot.environment)
  const nowMs = useNow(1_000)
  const me = useSnapshot((snapshot) => snapshot.me.id)
  const mayAsk = useMay("override.request")
  const mayApprove = useMay("override.approve")
  const { requestOverride, approveOverride, withdrawOverride } = useReleaseMutations()
  const [reason, setReason] = useState("")
  const ask = useAction(
    (words: string) => requestOverride({ reason: words, freezeIds: freezes.map(({ freeze }) => freeze.id) }),
    { onDone: () => setReason("") },
  )
  const isOver = override?.expiresAt != null && Date.parse(override.expiresAt) <= nowMs
  const misses = freezes.some(({ freeze }) => !passesFreeze(override, freeze, nowMs))
  // One that has run out, or that a later freeze has made useless, gives way to another.
  const mayAskAnew = override?.approvedBy != null && ((isOver && isClosed) || misses)
  const approve = useAction((overrideId: string) => approveOverride({ overrideId }))
  const withdraw = useAction((overrideId: string) =>
    withdrawOverride({ overrideId, reason: "Taken back by the person who asked" }),
  )

  return (
    <section aria-label="Window override" className="grid gap-2 border-t px-4 py-3 text-sm">
      <h3 className="font-medium">{freezes.length > 0 ? "In a freeze" : "Outside the window"}</h3>
      <ul className="text-ink-2 text-xs">
        {windowsOf({ window }, environment).map((each) => (
          <li key={windowInWords(each)}>{windowInWords(each)}</li>
        ))}
      </ul>
      <NamedFreezes freezes={freezes} override={override} />
      {override ? (
        <>
          <p>
            {override.requestedBy.name} asked to go anyway: “{override.reason}”
          </p>
          {override.approvedBy ? (
            <p className="text-pass">
              Approved by {override.approvedBy.name}
              {override.expiresAt ? (
                <>
                  , until <Instant at={override.expiresAt} zone={window.zone} how="time" />
                </>
              ) : null}
            </p>
          ) : override.requestedBy.id === me ? (
            <p className="text-ink-2 text-xs">A second person has to approve it.</p>
          ) : null}
          <div className="flex gap-2">
            {!override.approvedBy && override.requestedBy.id !== me && mayApprove ? (
              <Button size="sm" tone="primary" busy={approve.isPending} onClick={() => approve.mutate(override.id)}>
                Approve override
              </Button>
            ) : null}
            {override.requestedBy.id === me ? (
              <Button size="sm" busy={withdraw.isPending} onClick={() => withdraw.mutate(override.id)}>
                Withdraw override
              </Button>
            ) : null}
          </div>
          <Problem problem={approve.problem ?? withdraw.problem} />
        </>
      ) : null}
      {override && !mayAskAnew ? null : mayAsk ? (
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            ask.mutate(reason.trim())
          }}
        >
          <TextArea
            label="Why must it go now?"
            hint={`At least ${LEAST} characters. A second person has to approve.`}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            rows={2}
            maxLength={4000}
          />
          <Problem problem={ask.problem} />
          <Button
            type="submit"
            size="sm"
            className="justify-self-start"
            disabled={reason.trim().length < LEAST}
            busy={ask.isPending}
          >
            Ask for an override
          </Button>
        </form>
      ) : (
        <p className="text-ink-2 text-xs">Your roles cannot ask for an override.</p>
      )}
    </section>
  )
}
