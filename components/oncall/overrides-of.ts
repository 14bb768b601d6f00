import type { RotaView } from "@/lib/contracts/api/oncall"
import type { Override } from "@/lib/domain/oncall/rotation"

/** A rota's overrides as the domain takes them: the newest last. */
export function overridesOf(rota: Pick<RotaView, "overrides">): Override[] {
  return rota.overrides
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .map(({ id, person, start, end }) => ({
      id,
      personId: person.id,
      startMs: Date.parse(start),
      endMs: Date.parse(end),
    }))
}
