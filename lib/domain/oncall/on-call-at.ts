import type { OnCall, Override, Rotation, RotationLayer } from "./rotation"
import { hoursBetween, personOfTurn, turnAt } from "./turns"

/** Who is called at an instant: the newest override, else the last layer that applies, else nobody. */
export function onCallAt({ zone, layers }: Rotation, overrides: readonly Override[], atMs: number): OnCall {
  const override = overrides.findLast(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)
  if (override) return { personId: override.personId, overrideId: override.id }
  for (const layer of layers.toReversed()) {
    const personId = applies(layer, zone, atMs) ? personOfTurn(layer, turnAt(layer, atMs, zone)) : null
    if (personId) return { personId, overrideId: null }
  }
  return { personId: null, overrideId: null }
}

function applies({ hours }: RotationLayer, zone: string, atMs: number): boolean {
  return hours === null || hoursBetween(hours, zone, atMs, atMs + 1).length > 0
}
