"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

type Word = "extend" | "end" | "accept"

const MINUTES = [5, 10, 15, 30, 60]
const words = {
  extend: {
    title: "Not sure: watch longer",
    description: "The verdict waits until then. Triggers stay armed.",
    action: "Watch longer",
  },
  end: {
    title: "Looks fine: end the watch early",
    description: "The verdict is given now, on what was measured. Too little is still no pass.",
    action: "End the watch",
  },
  accept: {
    title: "Take the release as it is",
    description: "The verdict stays on record; you decide that the version stays live. Triggers stay armed.",
    action: "Take it as it is",
  },
} as const

/** A person's word on the watch: longer, no longer, or good enough. Only what is possible now is there. */
export function SteerWatch() {
  const may = useMay("verification.steer")
  const status = useRelease((release) => release.status)
  const verification = useRelease((release) => release.verification)
  const { extendWatch, endWatch, acceptVerification } = useReleaseMutations()
  const [asked, setAsked] = useState<Word | null>(null)
  const [minutes, setMinutes] = useState(10)
  const close = { onDone: () => setAsked(null) }
  const actions = {
    extend: useAction((reason: string) => extendWatch({ minutes, reason }), close),
    end: useAction((reason: string) => endWatch(reason), close),
    accept: useAction((reason: string) => acceptVerification(reason), close),
  }
  if (!verification || status !== "verifying") return null
  const { verdict, watchEndsAt } = verification
  const possible: Word[] =
    verdict === null
      ? watchEndsAt === null
        ? []
        : ["extend", "end"]
      : verdict === "inconclusive"
        ? ["extend", "accept"]
        : ["accept"]
  if (possible.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {possible.map((word) => (
        <Button
          key={word}
          disabled={!may}
          title={may ? undefined : "Your roles do not decide about the watch"}
          onClick={() => setAsked(word)}
        >
          {word === "extend" ? "Not sure, extend" : word === "end" ? "Looks fine, end early" : "Take it as it is"}
        </Button>
      ))}
      {asked ? (
        <ReasonDialog
          open
          onOpenChange={(open) => setAsked(open ? asked : null)}
          {...words[asked]}
          busy={actions[asked].isPending}
          problem={actions[asked].problem}
          onSubmit={(reason) => actions[asked].mutate(reason)}
        >
          {asked === "extend" ? (
            <SelectField
              label="For how much longer"
              value={String(minutes)}
              onChange={(event) => setMinutes(Number(event.target.value))}
            >
              {MINUTES.map((n) => (
                <option key={n} value={n}>
                  {n} minutes
                </option>
              ))}
            </SelectField>
          ) : null}
        </ReasonDialog>
      ) : null}
    </div>
  )
}
