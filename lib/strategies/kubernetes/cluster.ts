import type { AppsV1Api, CoreV1Api } from "@kubernetes/client-node"
import { type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"
import { readAccess } from "./access"
import type { KubernetesConfig } from "./definition"

const TIMEOUT_MS = 30_000
/** So long one request is tried again; a step's own limit may end it before. */
const PATIENCE_MS = 60_000

export type ClusterCall = Pick<StrategyCall, "signal" | "log">

export interface Cluster {
  apps: AppsV1Api
  core: CoreV1Api
  /** Runs one question; rejects with a `StrategyFailure` in words, or with the signal's reason. `null` where it is a 404. */
  ask<T>(what: string, question: () => Promise<T>): Promise<T | null>
  /** Header of a strategic merge: containers are merged by their name. */
  patchOptions: Parameters<AppsV1Api["patchNamespacedDeployment"]>[1]
}

/** The official client over the console's own, fenced way out. */
export async function connect(
  config: KubernetesConfig,
  ports: Pick<StrategyPorts, "platform">,
  { signal, log }: ClusterCall,
): Promise<Cluster> {
  signal.throwIfAborted()
  const access = await readAccess(config)
  // It brings hundreds of models with it: only who deploys to a cluster waits for them.
  const k8s = await import("@kubernetes/client-node")
  const httpApi = k8s.wrapHttpLibrary({
    async send(request) {
      const body = request.getBody()
      const answer = await ports.platform({
        ...{ url: request.getUrl(), method: request.getHttpMethod(), signal, timeoutMs: TIMEOUT_MS },
        headers: { ...request.getHeaders(), ...access.headers },
        ...(typeof body === "string" ? { body } : {}),
        ...{ tls: access.tls, patienceMs: PATIENCE_MS, onWait: (words) => log("info", `${words}\n`) },
        // A patch says what is to be so: said twice it is so once.
        repeatable: true,
      })
      return new k8s.ResponseContext(answer.status, answer.headers, {
        text: async () => answer.body,
        binary: async () => Buffer.from(answer.body),
      })
    },
  })
  const configuration = k8s.createConfiguration({
    baseServer: new k8s.ServerConfiguration(access.server.replace(/\/$/, ""), {}),
    httpApi,
  })

  async function ask<T>(what: string, question: () => Promise<T>): Promise<T | null> {
    signal.throwIfAborted()
    try {
      return await question()
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof StrategyFailure) throw error
      if (!(error instanceof k8s.ApiException)) {
        const why = error instanceof Error ? error.message : String(error)
        throw new StrategyFailure(`The cluster could not be asked for ${what}: ${why}`, true, { cause: error })
      }
      if (error.code === 404) return null
      throw refusal(what, error.code, messageOf(error.body))
    }
  }

  return {
    apps: new k8s.AppsV1Api(configuration),
    core: new k8s.CoreV1Api(configuration),
    ask,
    patchOptions: k8s.setHeaderOptions("Content-Type", k8s.PatchStrategy.StrategicMergePatch),
  }
}

function refusal(what: string, status: number, said: string): StrategyFailure {
  const words = said ? `: ${said}` : ""
  if (status === 401) return new StrategyFailure(`The cluster does not know these credentials (401)${words}`, false)
  // Its message names the verb, the resource and the namespace that the role lacks.
  if (status === 403) return new StrategyFailure(`The cluster refuses ${what} (403)${words}`, false)
  return new StrategyFailure(
    `The cluster answered ${status} about ${what}${words}`,
    [409, 429].includes(status) || status >= 500,
  )
}

/** Errors of the API are `Status` objects; what stands between may answer with anything. */
function messageOf(body: unknown): string {
  const status = typeof body === "string" ? parse(body) : body
  if (typeof status !== "object" || status === null || !("message" in status)) return ""
  return String(status.message).slice(0, 500)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
