import type { Folds } from "@/lib/domain/release/fold"

export const foldDeployment: Folds<"deployment"> = {
  "deployment.found_live": (state, { data }) => ({ ...state, previous: data.previous }),
  "deployment.switched": (state, { at, data }) => {
    const rollingBack = state.status === "rolling_back"
    // A switch that is found already done names the new version on both sides: what was there before is kept.
    const replaced = [data.from, rollingBack ? state.live : null].find(
      (version) => version && version.deploymentId !== data.to.deploymentId,
    )
    return {
      ...state,
      live: data.to,
      // A rollback's switch turns the two around by the same rule; the moment of going live stays the release's own.
      previous: replaced ?? state.previous,
      switchedAt: rollingBack ? state.switchedAt : (state.switchedAt ?? at),
    }
  },
}
