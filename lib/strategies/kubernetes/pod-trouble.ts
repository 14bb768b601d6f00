import type { V1Pod } from "@kubernetes/client-node"

export interface Trouble {
  pod: string
  container: string | null
  words: string
  /** It ran and ended: its log says more. */
  hasLog: boolean
}

/** What keeps these pods from starting. */
export function troublesOf(pods: readonly V1Pod[]): Trouble[] {
  return pods.flatMap(({ metadata, status }): Trouble[] => {
    const pod = metadata?.name ?? "a pod"
    const unscheduled = status?.conditions?.find(
      ({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable",
    )
    if (unscheduled) {
      const words = `${pod} cannot be scheduled: ${unscheduled.message ?? "no node takes it"}`
      return [{ pod, container: null, words, hasLog: false }]
    }
    const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    return containers.flatMap(({ name, state, restartCount }) => {
      const { reason, message } = state?.waiting ?? {}
      if (!reason || reason === "ContainerCreating" || reason === "PodInitializing") return []
      const times = restartCount > 0 ? ` after ${restartCount} restarts` : ""
      const words = `${pod}, ${name}: ${reason}${times}${message ? ` (${message})` : ""}`
      return [{ pod, container: name, words, hasLog: restartCount > 0 }]
    })
  })
}

export function isReady({ metadata, status }: V1Pod): boolean {
  if (metadata?.deletionTimestamp) return false
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false
}
