import type { FlagState } from "../contract"

/** Accepted is not done. Throws an Error in words where it is not as it was wanted. */
export function assertSet(service: string, state: FlagState, wanted: boolean): FlagState {
  if (state.on === wanted) return state
  throw new Error(
    `${service} accepted to turn the flag ${wanted ? "on" : "off"}, but it is still ${wanted ? "off" : "on"}`,
  )
}
