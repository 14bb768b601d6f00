import type { V1Deployment, V1StatefulSet } from "@kubernetes/client-node"
import type { Workload } from "./definition"
import type { Running } from "./workloads"

export type Progress = { done: boolean; failed: boolean; words: string }

/** How far a rollout is, by the rules of `kubectl rollout status`. */
export function progressOf(kind: Workload["kind"], running: Running): Progress {
  const { metadata, status } = running
  if ((metadata?.generation ?? 0) > (status?.observedGeneration ?? 0)) return going("waits for the cluster to see it")
  return kind === "Deployment" ? ofDeployment(running as V1Deployment) : ofStatefulSet(running as V1StatefulSet)
}

function ofDeployment({ spec, status }: V1Deployment): Progress {
  const condition = (type: string) => status?.conditions?.find((one) => one.type === type)
  const progressing = condition("Progressing")
  if (progressing?.reason === "ProgressDeadlineExceeded") {
    return { done: false, failed: true, words: progressing.message ?? "it made no progress within its deadline" }
  }
  const stuck = condition("ReplicaFailure")
  const why = stuck?.status === "True" ? ` (${stuck.message ?? stuck.reason ?? "pods cannot be made"})` : ""
  const wanted = spec?.replicas ?? 1
  const updated = status?.updatedReplicas ?? 0
  const all = status?.replicas ?? 0
  const available = status?.availableReplicas ?? 0
  if (updated < wanted) return going(`${updated} of ${wanted} replicas are new${why}`)
  if (all > updated) return going(`${all - updated} old replicas are still there${why}`)
  if (available < updated) return going(`${available} of ${updated} new replicas are available${why}`)
  return { done: true, failed: false, words: `${available} of ${wanted} replicas are new and available` }
}

function ofStatefulSet({ spec, status }: V1StatefulSet): Progress {
  const wanted = spec?.replicas ?? 1
  const ready = status?.readyReplicas ?? 0
  const updated = status?.updatedReplicas ?? 0
  if (ready < wanted) return going(`${ready} of ${wanted} replicas are ready`)
  if (status?.updateRevision !== status?.currentRevision) return going(`${updated} of ${wanted} replicas are new`)
  return { done: true, failed: false, words: `${ready} of ${wanted} replicas are new and ready` }
}

const going = (words: string): Progress => ({ done: false, failed: false, words })
