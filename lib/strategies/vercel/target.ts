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
import type { Deployment } from "./answers"
import { type ApiCall, createVercelApi } from "./api"
import { createBuildLog } from "./build-log"
import { vercelConfigSchema } from "./definition"

/** In a deployment's metadata: which deployment of the console's it is. It is found again by this, whoever asked for it. */
const MARK = "goliveDeployment"
const CANCEL_WITHIN_MS = 10_000

/** Deploys through Vercel's REST API. Accepted is not live: what counts is where the domain leads. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = vercelConfigSchema.parse(rawConfig)
  const api = createVercelApi(config, ports)
  const domain = config.domain ?? new URL(ports.publicUrl).hostname

  async function liveDeployment(call: ApiCall): Promise<Deployment | null> {
    const found = await api.deployment(call, domain)
    if (found) return found
    const { targets, name } = await api.project(call)
    if (!targets?.production) return null
    // It may have become so between the two questions.
    const late = await api.deployment(call, domain)
    if (late) return late
    throw new StrategyFailure(`${domain} leads to no deployment, though project ${name} serves production`, false)
  }

  async function find({ deployment, ...call }: StrategyCall): Promise<Deployment | null> {
    // Deployed by others before: then Vercel's own id is all there is.
    if (deployment.deploymentId.startsWith("dpl_")) return api.deployment(call, deployment.deploymentId)
    const id = await api.findByMeta(call, MARK, deployment.deploymentId)
    return id ? api.deployment(call, id) : null
  }

  async function findOrFail(call: StrategyCall): Promise<Deployment> {
    const found = await find(call)
    if (found) return found
    throw new StrategyFailure(`Vercel has no deployment ${call.deployment.deploymentId} of this project`, false)
  }

  async function create(call: StrategyCall): Promise<StrategyResult> {
    const known = await find(call)
    if (known && !isDead(known)) return created(known, "found again")
    const { deploymentId, version, ref, commit } = call.deployment
    const { name, id } = await api.project(call)
    const made = await api
      .create(call, {
        ...{ name, project: id, target: "production" },
        gitSource: { ...config.gitSource, ref, ...(commit ? { sha: commit } : {}) },
        meta: { [MARK]: deploymentId, goliveVersion: version, ...(commit ? { goliveCommit: commit } : {}) },
      })
      .catch(async (error: unknown) => {
        call.signal.throwIfAborted()
        // The answer may be lost and the deployment there.
        const found = error instanceof StrategyFailure && error.transient ? await find(call).catch(() => null) : null
        if (!found) throw error
        return found
      })
    return created(made, "created")
  }

  async function build(call: StrategyCall): Promise<StrategyResult> {
    const { id } = await findOrFail(call)
    const follow = createBuildLog(api, id, call)
    const deadlineMs = performance.now() + call.timeoutMs
    try {
      for (;;) {
        const now = await api.deployment(call, id)
        if (!now) throw new StrategyFailure(`The deployment ${id} was deleted while it was built`, false)
        await follow()
        if (now.readyState === "READY") return { summary: `${id} is built`, facts: factsOf(now) }
        if (isDead(now)) {
          throw new StrategyFailure(`The build ended as ${now.readyState}: ${now.errorMessage ?? "see its log"}`, false)
        }
        if (performance.now() >= deadlineMs) {
          throw new StrategyFailure(`The build is still ${now.readyState} after ${seconds(call.timeoutMs)}`, false)
        }
        await pause(call, deadlineMs)
      }
    } catch (error) {
      if (call.signal.aborted && call.isGivenUp?.()) await giveUp(id, call)
      throw error
    }
  }

  /** A build that goes on after the run was aborted could go live by itself, where the project assigns its domains. */
  async function giveUp(id: string, { log }: StrategyCall): Promise<void> {
    const quick = { signal: AbortSignal.timeout(CANCEL_WITHIN_MS), log }
    await api.cancel(quick, id).then(
      () => log("info", `The build of ${id} was cancelled\n`),
      (error: unknown) => log("err", `The build of ${id} could not be cancelled: ${String(error)}\n`),
    )
  }

  async function promote(call: StrategyCall): Promise<StrategyResult> {
    const wanted = await findOrFail(call)
    const before = await liveDeployment(call)
    if (before?.id === wanted.id) {
      const summary = `${domain} leads to it already`
      return { summary, facts: factsOf(wanted), live: versionOf(wanted) }
    }
    // What has served production before is led back to without a build; the other way is for what has not.
    const how = wanted.readySubstate === "PROMOTED" ? "rollback" : "promote"
    const status = await api.pointDomains(call, how, wanted.id)
    if (status === 409) {
      const now = await liveDeployment(call)
      if (now?.id !== wanted.id) {
        throw new StrategyFailure(
          `Vercel is leading the domains elsewhere at the moment (409); ${nameOf(now)} is live`,
          true,
        )
      }
    }
    return { summary: `Vercel has accepted to lead ${domain} to ${wanted.id}`, facts: factsOf(wanted) }
  }

  async function confirm(call: StrategyCall): Promise<StrategyResult> {
    const wanted = await findOrFail(call)
    const deadlineMs = performance.now() + call.timeoutMs
    for (;;) {
      const now = await liveDeployment(call)
      if (now?.id === wanted.id) {
        const live = versionOf(now)
        return { summary: `${domain} leads to ${nameVersion(live)}`, facts: factsOf(now), live }
      }
      const { lastAliasRequest: last } = await api.project(call)
      if (last?.toDeploymentId === wanted.id && last.jobStatus === "failed") {
        throw new StrategyFailure(`Vercel could not lead the domains to it; ${nameOf(now)} is live`, false)
      }
      if (performance.now() >= deadlineMs) {
        const words = `${nameOf(now)} is live after ${seconds(call.timeoutMs)}`
        throw new StrategyFailure(`Accepted, but it never became live: ${words}`, false)
      }
      await pause(call, deadlineMs)
    }
  }

  async function pause({ signal }: StrategyCall, deadlineMs: number): Promise<void> {
    const ms = Math.min(config.pollMs, Math.max(1, deadlineMs - performance.now()))
    await delay(ms, null, { signal }).catch(() => signal.throwIfAborted())
  }

  async function inspect(effect: string, call: StrategyCall): Promise<Inspection> {
    const now = await liveDeployment(call)
    const live = now ? versionOf(now) : null
    const is = `${nameVersion(live)} is live`
    let wanted = await find(call)
    if (!wanted && effect === "deploy") {
      // What was asked for a moment ago may not be listed yet.
      await delay(config.pollMs, null, { signal: call.signal }).catch(() => call.signal.throwIfAborted())
      wanted = await find(call)
    }
    if (wanted && now?.id === wanted.id) return { answer: "done", live, words: is }
    if (effect === "deploy") {
      if (!wanted || isDead(wanted)) return { answer: "untouched", live, words: `Vercel has no such deployment; ${is}` }
      return { answer: "done", live, words: `${wanted.id} is there (${wanted.readyState}); ${is}` }
    }
    const { lastAliasRequest: last } = await api.project(call)
    if (last && last.toDeploymentId === wanted?.id && last.jobStatus !== "failed") {
      // Asked for already: it is waited for, not asked for again.
      return { answer: "done", live, words: `Vercel is at work on it (${last.jobStatus}); ${is}` }
    }
    return { answer: "untouched", live, words: is }
  }

  return {
    live: async (signal) => {
      const now = await liveDeployment({ signal, log: () => undefined })
      return now ? versionOf(now) : null
    },
    execute: async (effect, call) => {
      call.signal.throwIfAborted()
      if (effect === "deploy") return create(call)
      if (effect === "build") return build(call)
      if (effect === "promote") return promote(call)
      if (effect === "confirm") return confirm(call)
      throw unknownEffect("vercel", effect)
    },
    inspect,
    close: async () => {},
  }
}

function created(deployment: Deployment, how: string): StrategyResult {
  return { summary: `Deployment ${deployment.id} ${how}`, facts: factsOf(deployment) }
}

function factsOf({ id, readyState, inspectorUrl }: Deployment) {
  return [
    { label: "Deployment", value: id },
    { label: "State", value: readyState },
    ...(inspectorUrl ? [{ label: "Inspector", value: inspectorUrl }] : []),
  ]
}

function versionOf({ id, meta, gitSource }: Deployment): DeployedVersion {
  return {
    deploymentId: meta[MARK] ?? id,
    version: meta.goliveVersion ?? gitSource?.ref ?? meta.githubCommitRef ?? id,
    commit: gitSource?.sha ?? meta.goliveCommit ?? meta.githubCommitSha ?? null,
  }
}

function nameOf(deployment: Deployment | null): string {
  return nameVersion(deployment ? versionOf(deployment) : null)
}

function isDead({ readyState }: Deployment): boolean {
  return readyState === "ERROR" || readyState === "CANCELED" || readyState === "DELETED"
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}
