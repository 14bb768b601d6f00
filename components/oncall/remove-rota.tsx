"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { oncallMutations } from "@/lib/client/oncall-query"
import { useWrite } from "@/lib/client/use-write"
import type { RotaView } from "@/lib/contracts/api/oncall"

/** Whoever the playbook calls by this word is not called any more: the word has to be typed. */
export function RemoveRota({ rota, onDone }: { rota: RotaView; onDone(): void }) {
  const [typed, setTyped] = useState("")
  const remove = useWrite(() => oncallMutations.removeRota(rota.id, rota.revision), onDone)
  return (
    <form
      className="mt-6 grid grid-cols-1 gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed === rota.key) remove.mutate()
      }}
    >
      <TextField
        label="Remove this rota"
        hint={
          <>
            Levels of an escalation that page <code>{rota.key}</code> are skipped then. Type {rota.key} to confirm.
          </>
        }
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Problem problem={remove.problem} />
      <Button
        type="submit"
        tone="danger"
        className="justify-self-end"
        busy={remove.isPending}
        disabled={typed !== rota.key}
      >
        Remove
      </Button>
    </form>
  )
}
