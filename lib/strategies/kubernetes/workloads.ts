import type { V1Deployment, V1Pod, V1PodTemplateSpec, V1StatefulSet } from "@kubernetes/client-node"
import { StrategyFailure } from "../contract"
import type { Cluster } from "./cluster"
import type { KubernetesConfig, Workload } from "./definition"
import { imagesOf } from "./images"
import type { Images } from "./marks"

export type Running = V1Deployment | V1StatefulSet

/** One workload of the settings, and what the cluster is asked about it. */
export function workloadIn(config: KubernetesConfig, cluster: Cluster, workload: Workload) {
  const { kind, name } = workload
  const namespace = workload.namespace ?? config.namespace
  const title = `${kind} ${namespace}/${name}`
  const { apps, core, ask, patchOptions } = cluster

  async function read(): Promise<Running & { spec: { template: V1PodTemplateSpec } }> {
    const found = await ask(title, async (): Promise<Running> => {
      if (kind === "Deployment") return apps.readNamespacedDeployment({ name, namespace })
      return apps.readNamespacedStatefulSet({ name, namespace })
    })
    if (!found) throw new StrategyFailure(`The cluster has no ${title}`, false)
    if (!found.spec?.template) throw new StrategyFailure(`The cluster's answer about ${title} is not whole`, true)
    return found as Running & { spec: { template: V1PodTemplateSpec } }
  }

  /** Conflicts (409) where it was changed since it was read. */
  async function patch(body: object): Promise<void> {
    const wanted = { name, namespace, body, fieldManager: "golive" }
    const done = await ask(`a patch of ${title}`, async (): Promise<Running> => {
      if (kind === "Deployment") return apps.patchNamespacedDeployment(wanted, patchOptions)
      return apps.patchNamespacedStatefulSet(wanted, patchOptions)
    })
    if (!done) throw new StrategyFailure(`The cluster has no ${title}`, false)
  }

  async function pods(running: Running): Promise<V1Pod[]> {
    const labels = Object.entries(running.spec?.selector.matchLabels ?? {})
    const labelSelector = labels.map(([label, value]) => `${label}=${value}`).join(",")
    const list = await ask(`the pods of ${title}`, () => core.listNamespacedPod({ namespace, labelSelector }))
    return list?.items ?? []
  }

  async function podLog(pod: string, container: string): Promise<string> {
    const log = (previous: boolean) =>
      ask("a log", () => core.readNamespacedPodLog({ name: pod, namespace, container, tailLines: 20, previous }))
    return (await log(true).catch(() => null)) ?? (await log(false).catch(() => null)) ?? ""
  }

  /** The images of an earlier deployment, from the revisions that the cluster keeps of a workload; null where it keeps none. */
  async function imagesOfRevision(
    isIt: (annotations: Record<string, string> | undefined, images: Images) => boolean,
  ): Promise<Images | null> {
    const names = Object.keys(workload.containers)
    for (const template of await revisions(await read())) {
      const images = imagesOf(template, names)
      if (isIt(template.metadata?.annotations, images)) return images
    }
    return null
  }

  /** The newest first. */
  async function revisions(running: Running): Promise<V1PodTemplateSpec[]> {
    const uid = running.metadata?.uid
    const isOwned = ({ metadata }: { metadata?: { ownerReferences?: { uid: string }[] } }) =>
      metadata?.ownerReferences?.some((owner) => owner.uid === uid) ?? false
    if (kind === "Deployment") {
      const list = await ask(`the revisions of ${title}`, () => apps.listNamespacedReplicaSet({ namespace }))
      return (list?.items ?? [])
        .filter(isOwned)
        .sort((a, b) => revisionOf(b.metadata?.annotations) - revisionOf(a.metadata?.annotations))
        .flatMap(({ spec }) => (spec?.template ? [spec.template] : []))
    }
    const list = await ask(`the revisions of ${title}`, () => apps.listNamespacedControllerRevision({ namespace }))
    const owned = (list?.items ?? []).filter(isOwned).sort((a, b) => b.revision - a.revision)
    return owned.flatMap(({ data }) => {
      // A StatefulSet keeps the patch that leads to the revision: its template.
      const template = (data as { spec?: { template?: V1PodTemplateSpec } } | undefined)?.spec?.template
      return template ? [template] : []
    })
  }

  return { workload, title, read, patch, pods, podLog, imagesOfRevision }
}

function revisionOf(annotations: Record<string, string> | undefined): number {
  return Number(annotations?.["deployment.kubernetes.io/revision"] ?? 0)
}

export type WorkloadInCluster = ReturnType<typeof workloadIn>
