"use client"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { oncallMutations } from "@/lib/client/oncall-query"
import { useWrite } from "@/lib/client/use-write"
import type { RotaView } from "@/lib/contracts/api/oncall"
import { BothClocks } from "./both-clocks"

/** What takes the rotation's place, now and later; each can be taken back. */
export function OverrideList({ rota, onChanged }: { rota: RotaView; onChanged(): void }) {
  const cancel = useWrite((overrideId: string) => oncallMutations.cancelOverride(rota.id, overrideId), onChanged)
  if (rota.overrides.length === 0) return null
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <h3 className="font-medium text-ink-2 text-xs">Taken over</h3>
      <ul className="grid grid-cols-1 gap-1.5" data-testid="overrides">
        {rota.overrides.map(({ id, person, start, end, reason, by }) => (
          <li key={id} className="flex items-start gap-2 rounded-md bg-sunken px-2.5 py-1.5 text-xs">
            <div className="min-w-0 flex-1 break-words">
              <p>
                <span className="font-medium">{person.name}</span>
                {person.disabled ? " (disabled)" : ""}, <BothClocks at={start} zone={rota.rotation.zone} /> to{" "}
                <BothClocks at={end} zone={rota.rotation.zone} />
              </p>
              <p className="text-ink-3">
                {reason ? `${reason} · ` : ""}
                {by}
              </p>
            </div>
            {rota.mayEdit ? (
              <Button
                size="sm"
                tone="quiet"
                className="-my-0.5"
                aria-label={`Cancel: ${person.name} takes over`}
                busy={cancel.isPending && cancel.variables === id}
                onClick={() => cancel.mutate(id)}
              >
                Cancel
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Problem problem={cancel.problem} />
    </div>
  )
}
