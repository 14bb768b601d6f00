import { setTimeout as delay } from "node:timers/promises"
import type { DeployedVersion } from "@/lib/domain/release/state"
import {
  type CreateTarget,
  type Inspection,
  nameVersion,
  type StrategyCall,
  StrategyFailure,
  type StrategyResult,
  unknownEffect,
} from "../contract"
import { type ClusterCall, connect } from "./cluster"
import { kubernetesConfigSchema } from "./definition"
import { assertContainers, imagePatch, imagesOf, wantedImages } from "./images"
import { deploymentOf, type Images, type Marked, marksOf, readMarks } from "./marks"
import { isReady, troublesOf } from "./pod-trouble"
import { progressOf } from "./rollout"
import { type WorkloadInCluster, workloadIn } from "./workloads"

/** Somebody else (an autoscaler, another controller) may write between our reading and our patch. */
const PATCH_TRIES = 5

/** Rolls images out on a cluster. What the cluster was told is not live: what ready pods run is. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = kubernetesConfigSchema.parse(rawConfig)

  async function workloads(call: ClusterCall): Promise<WorkloadInCluster[]> {
    const cluster = await connect(config, ports, call)
    return config.workloads.map((workload) => workloadIn(config, cluster, workload))
  }

  /**
   * What all ready pods of all workloads run. While they differ, a rollout is half done: then the one that was begun first is
   * what is live, as the new one is not. No ready pod: nothing is.
   */
  async function live(all: readonly WorkloadInCluster[]): Promise<DeployedVersion | null> {
    const found: Marked[] = []
    for (const one of all) {
      const names = Object.keys(one.workload.containers)
      const pods = (await one.pods(await one.read())).filter(isReady)
      if (pods.length === 0) return null
      found.push(...pods.map((pod) => readMarks(pod.metadata?.annotations, imagesOf(pod, names))))
    }
    return joined(found, all)
  }

  async function setImages(
    call: StrategyCall,
    imagesFor: (one: WorkloadInCluster) => Promise<Images> | Images,
  ): Promise<StrategyResult> {
    const all = await workloads(call)
    // All are asked before any is changed: a workload that is not there changes nothing of the others.
    const planned = []
    for (const one of all) {
      const images = await imagesFor(one)
      assertContainers(one.workload, (await one.read()).spec.template)
      planned.push({ one, images })
    }
    const startedAt = new Date().toISOString()
    for (const { one, images } of planned) await setTemplate(call, one, images, startedAt)
    const facts = planned.flatMap(({ one, images }) =>
      Object.entries(images).map(([name, image]) => ({ label: `${one.title}, ${name}`, value: image })),
    )
    return { summary: `The cluster was told the images of ${call.deployment.version}`, facts }
  }

  async function setTemplate(call: StrategyCall, one: WorkloadInCluster, images: Images, startedAt: string) {
    for (let n = 1; ; n += 1) {
      const running = await one.read()
      const { template } = running.spec
      const now = readMarks(template.metadata?.annotations, imagesOf(template, Object.keys(images)))
      if (now.version.deploymentId === call.deployment.deploymentId) return
      const { version } = call.deployment
      try {
        await one.patch({
          metadata: {
            resourceVersion: running.metadata?.resourceVersion,
            annotations: { "kubernetes.io/change-cause": `golive: ${version} (${call.deployment.deploymentId})` },
          },
          spec: {
            template: {
              metadata: { annotations: marksOf(call.deployment, images, startedAt) },
              spec: imagePatch(template, images),
            },
          },
        })
        call.log("info", `${one.title}: ${Object.values(images).join(", ")}\n`)
        return
      } catch (error) {
        const isConflict = error instanceof StrategyFailure && error.message.includes("answered 409")
        if (!isConflict || n >= PATCH_TRIES) throw error
      }
    }
  }

  /** From the revisions that the cluster keeps; what it has forgotten is made of the settings. */
  async function imagesBefore(call: StrategyCall, one: WorkloadInCluster): Promise<Images> {
    const { deploymentId } = call.deployment
    const kept = await one.imagesOfRevision((annotations, images) => {
      if (deploymentOf(annotations) !== null) return deploymentOf(annotations) === deploymentId
      // Live before this console deployed anything: named by the images of one workload, of several by those of the first.
      if (!deploymentId.startsWith("images-")) return false
      return config.workloads.length > 1 || readMarks(annotations, images).version.deploymentId === deploymentId
    })
    if (kept) return kept
    if (deploymentId.startsWith("images-")) {
      throw new StrategyFailure(`${one.title} keeps no revision with the images that were live before`, false)
    }
    return wantedImages(one.workload, call.deployment)
  }

  async function rollout(call: StrategyCall): Promise<StrategyResult> {
    const all = await workloads(call)
    const deadlineMs = performance.now() + call.timeoutMs
    const said = new Set<string>()
    let last = ""
    for (;;) {
      const progress = []
      for (const one of all) {
        const running = await one.read()
        if (deploymentOf(running.spec.template.metadata?.annotations) !== call.deployment.deploymentId) {
          throw new StrategyFailure(`${one.title} was changed by somebody else during the rollout`, false)
        }
        const now = progressOf(one.workload.kind, running)
        if (!now.done) last = (await tellTroubles(call, one, running, said)) ?? last
        if (now.failed) throw new StrategyFailure(`${one.title}: ${now.words}${last ? `; ${last}` : ""}`, false)
        progress.push({ ...now, words: `${one.title}: ${now.words}` })
      }
      const line = progress.map(({ words }) => words).join("\n")
      if (!said.has(line)) call.log("info", `${line}\n`)
      said.add(line)
      if (progress.every(({ done }) => done)) {
        return { summary: "Every replica is new and available", facts: progress.map(({ words }) => fact(words)) }
      }
      if (performance.now() >= deadlineMs) {
        const open = progress.filter(({ done }) => !done).map(({ words }) => words)
        const words = `${open.join("; ")}${last ? `; ${last}` : ""}`
        throw new StrategyFailure(`The rollout did not end within ${seconds(call.timeoutMs)}: ${words}`, false)
      }
      await pause(call, deadlineMs)
    }
  }

  /** Writes each trouble once, with the last lines of a container that ran; answers with the last one. */
  async function tellTroubles(
    call: StrategyCall,
    one: WorkloadInCluster,
    running: Awaited<ReturnType<WorkloadInCluster["read"]>>,
    said: Set<string>,
  ): Promise<string | null> {
    const mine = (await one.pods(running)).filter(
      ({ metadata }) => deploymentOf(metadata?.annotations) === call.deployment.deploymentId,
    )
    let words: string | null = null
    for (const trouble of troublesOf(mine)) {
      words = trouble.words
      if (said.has(trouble.words)) continue
      said.add(trouble.words)
      call.log("err", `${trouble.words}\n`)
      if (trouble.hasLog && trouble.container) {
        const text = await one.podLog(trouble.pod, trouble.container)
        if (text) call.log("err", `${text.replace(/\n?$/, "\n")}`)
      }
    }
    return words
  }

  async function confirm(call: StrategyCall): Promise<StrategyResult> {
    const all = await workloads(call)
    const deadlineMs = performance.now() + call.timeoutMs
    for (;;) {
      const now = await live(all)
      if (now?.deploymentId === call.deployment.deploymentId) {
        return { summary: `Every ready pod runs ${nameVersion(now)}`, facts: [fact(nameVersion(now))], live: now }
      }
      if (performance.now() >= deadlineMs) {
        const words = `${nameVersion(now)} is live after ${seconds(call.timeoutMs)}`
        throw new StrategyFailure(`Accepted, but it never became live: ${words}`, false)
      }
      await pause(call, deadlineMs)
    }
  }

  async function pause({ signal }: StrategyCall, deadlineMs: number): Promise<void> {
    const ms = Math.min(config.pollMs, Math.max(1, deadlineMs - performance.now()))
    await delay(ms, null, { signal }).catch(() => signal.throwIfAborted())
  }

  /** Half told is not told: what is to be so is said once more, and where it is so already nothing happens. */
  async function inspect(call: StrategyCall): Promise<Inspection> {
    const all = await workloads(call)
    const now = await live(all)
    const told = []
    for (const one of all) {
      const { template } = (await one.read()).spec
      told.push(deploymentOf(template.metadata?.annotations) === call.deployment.deploymentId)
    }
    const words = `${told.filter(Boolean).length} of ${told.length} workloads were told; ${nameVersion(now)} is live`
    return { answer: told.every(Boolean) ? "done" : "untouched", live: now, words }
  }

  return {
    live: async (signal) => live(await workloads({ signal, log: () => undefined })),
    execute: async (effect, call) => {
      call.signal.throwIfAborted()
      if (effect === "deploy") return setImages(call, ({ workload }) => wantedImages(workload, call.deployment))
      if (effect === "promote") return setImages(call, (one) => imagesBefore(call, one))
      if (effect === "rollout") return rollout(call)
      if (effect === "confirm") return confirm(call)
      throw unknownEffect("kubernetes", effect)
    },
    inspect: (_effect, call) => inspect(call),
    close: async () => {},
  }
}

/** Workloads that nobody deployed from here have images of their own each: they are named together. */
function joined(found: readonly Marked[], all: readonly WorkloadInCluster[]): DeployedVersion | null {
  const [oldest] = [...found].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  if (!oldest) return null
  const isForeign = found.every(({ startedAt }) => startedAt === "")
  if (!isForeign || all.length === 1) return oldest.version
  const unique = [...new Map(found.map(({ version }) => [version.deploymentId, version])).values()]
  return unique.length === 1
    ? oldest.version
    : { ...oldest.version, version: unique.map(({ version }) => version).join(", ") }
}

function fact(value: string) {
  return { label: "Rollout", value }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}
