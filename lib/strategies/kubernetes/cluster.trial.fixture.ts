import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { loopbackCertificate } from "@/lib/testing/servers/loopback-certificate"

export const TOKEN = "kube-test-token-3a9d"

/** What goes wrong from now on, until it is told otherwise. */
export interface Trouble {
  answer?: {
    path: RegExp
    method?: string
    status: number
    headers?: Record<string, string>
    body?: string
    times: number
  }
  /** New pods become ready when this is let go, and no sooner. */
  holds?: boolean
  /** New pods do not start, for this reason. */
  stuck?: "ImagePullBackOff" | "CrashLoopBackOff" | "Unschedulable"
  /** The controller gives up at once. */
  deadline?: boolean
  /** The status says that all is well, and no new pod is ready. */
  lies?: boolean
  /** Somebody else writes to the workload just before each patch, so many times. */
  conflicts?: number
  /** Does what is asked and drops the connection before it answers. */
  dropAfter?: RegExp
}

interface Container {
  name: string
  image?: string
}
interface Template {
  metadata: { annotations: Record<string, string>; labels: Record<string, string> }
  spec: { containers: Container[]; initContainers?: Container[] }
}
interface Revision {
  number: number
  name: string
  template: Template
}
interface Stored {
  kind: "Deployment" | "StatefulSet"
  namespace: string
  name: string
  uid: string
  replicas: number
  generation: number
  resourceVersion: number
  annotations: Record<string, string>
  template: Template
  revisions: Revision[]
  changedAt: number
  /** The revision that ready pods run. */
  ready: Revision
  settled: boolean
}

const ROLLS_MS = 80

/** An API server over TLS, with a controller that rolls out: what Kubernetes publishes, as far as a rollout needs it. */
export async function startCluster() {
  const { caPem, keyPem, certPem } = await loopbackCertificate()
  const stored = new Map<string, Stored>()
  const requests: string[] = []
  let trouble: Trouble = {}
  let switches = 0

  function add(
    kind: Stored["kind"],
    namespace: string,
    name: string,
    containers: Container[],
    init: Container[] = [],
  ): void {
    const template: Template = {
      metadata: { annotations: {}, labels: { app: name } },
      spec: { containers, ...(init.length > 0 ? { initContainers: init } : {}) },
    }
    const first: Revision = { number: 1, name: `${name}-1`, template: structuredClone(template) }
    stored.set(`${kind} ${namespace}/${name}`, {
      ...{ kind, namespace, name, uid: randomUUID(), replicas: 2, generation: 1, resourceVersion: 1 },
      ...{ annotations: {}, template, revisions: [first], changedAt: 0, ready: first, settled: true },
    })
  }

  function settle(): void {
    for (const one of stored.values()) {
      const newest = one.revisions.at(-1) as Revision
      const { holds, stuck, deadline, lies } = trouble
      if (one.settled || Date.now() < one.changedAt + ROLLS_MS || holds || stuck || deadline || lies) continue
      if (one.ready !== newest) switches += 1
      one.ready = newest
      one.settled = true
    }
  }

  /** Maps are merged, containers by their name: the strategic merge of a pod template. */
  function merge(one: Stored, patch: { metadata?: Partial<Stored>; spec?: { template?: Partial<Template> } }): void {
    const before = JSON.stringify(one.template)
    Object.assign(one.annotations, patch.metadata?.annotations)
    const { metadata, spec } = patch.spec?.template ?? {}
    Object.assign(one.template.metadata.annotations, metadata?.annotations)
    for (const list of ["containers", "initContainers"] as const) {
      for (const change of spec?.[list] ?? []) {
        const known = one.template.spec[list]?.find(({ name }) => name === change.name)
        if (known) Object.assign(known, change)
        else one.template.spec[list] = [...(one.template.spec[list] ?? []), change]
      }
    }
    one.resourceVersion += 1
    if (JSON.stringify(one.template) === before) return
    one.generation += 1
    const number = one.revisions.length + 1
    // Back to a template that is known: its revision gets a new number, as the controllers do.
    const known = one.revisions.findIndex(({ template }) => JSON.stringify(template) === JSON.stringify(one.template))
    const [again] = known >= 0 ? one.revisions.splice(known, 1) : []
    const template = structuredClone(one.template)
    one.revisions.push(again ? { ...again, number } : { number, name: `${one.name}-${number}`, template })
    Object.assign(one, { changedAt: Date.now(), settled: false })
  }

  function shown(one: Stored) {
    const newest = one.revisions.at(-1) as Revision
    const isDone = one.settled || trouble.lies === true
    const fresh = isDone ? one.replicas : 0
    const stuckCondition = trouble.deadline
      ? {
          type: "Progressing",
          status: "False",
          reason: "ProgressDeadlineExceeded",
          message: `"${newest.name}" timed out`,
        }
      : { type: "Progressing", status: "True", reason: "ReplicaSetUpdated" }
    const common = { observedGeneration: one.generation, replicas: one.replicas }
    const status =
      one.kind === "Deployment"
        ? { ...common, updatedReplicas: fresh, availableReplicas: one.replicas, conditions: [stuckCondition] }
        : {
            ...{ ...common, readyReplicas: one.replicas, updatedReplicas: fresh, updateRevision: newest.name },
            currentRevision: isDone ? newest.name : one.ready.name,
          }
    const { name, namespace, uid, generation, annotations } = one
    return {
      ...{ apiVersion: "apps/v1", kind: one.kind },
      metadata: { name, namespace, uid, generation, annotations, resourceVersion: String(one.resourceVersion) },
      spec: {
        ...{ replicas: one.replicas, selector: { matchLabels: { app: name } }, template: one.template },
        ...(one.kind === "StatefulSet" ? { serviceName: name } : {}),
      },
      status,
    }
  }

  function podsOf(one: Stored) {
    const pod = (revision: Revision, n: number, isReady: boolean) => ({
      metadata: { name: `${revision.name}-${n}`, namespace: one.namespace, ...revision.template.metadata },
      spec: revision.template.spec,
      status: {
        conditions: [
          { type: "Ready", status: isReady ? "True" : "False" },
          ...(!isReady && trouble.stuck === "Unschedulable"
            ? [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available" }]
            : []),
        ],
        containerStatuses:
          !isReady && trouble.stuck && trouble.stuck !== "Unschedulable"
            ? [
                {
                  ...{ name: revision.template.spec.containers[0]?.name, image: "", imageID: "", ready: false },
                  restartCount: trouble.stuck === "CrashLoopBackOff" ? 4 : 0,
                  state: { waiting: { reason: trouble.stuck, message: "back-off" } },
                },
              ]
            : [],
      },
    })
    const newest = one.revisions.at(-1) as Revision
    const old = Array.from({ length: one.replicas }, (_, n) => pod(one.ready, n, true))
    return one.settled ? old : [...old, pod(newest, 9, false)]
  }

  function failure(code: number, reason: string, message: string) {
    return { status: code, body: { kind: "Status", apiVersion: "v1", status: "Failure", reason, message, code } }
  }

  function act(req: IncomingMessage, url: URL, body: string): { status: number; body: unknown } {
    const object = /^\/apis\/apps\/v1\/namespaces\/([^/]+)\/(deployments|statefulsets)\/([^/]+)$/.exec(url.pathname)
    if (object) {
      const [, namespace, plural, name] = object
      const kind = plural === "deployments" ? "Deployment" : "StatefulSet"
      const one = stored.get(`${kind} ${namespace}/${name}`)
      if (!one) return failure(404, "NotFound", `${plural}.apps "${name}" not found`)
      if (req.method === "GET") return { status: 200, body: shown(one) }
      if (req.headers["content-type"] !== "application/strategic-merge-patch+json") {
        return failure(415, "UnsupportedMediaType", "the body of the request was in an unknown format")
      }
      if (url.searchParams.get("fieldManager") !== "golive") return failure(422, "Invalid", "fieldManager is missing")
      if ((trouble.conflicts ?? 0) > 0) {
        trouble.conflicts = (trouble.conflicts ?? 0) - 1
        one.resourceVersion += 1
      }
      const patch = JSON.parse(body) as { metadata?: { resourceVersion?: string } & Partial<Stored> }
      const seen = patch.metadata?.resourceVersion
      if (seen !== undefined && seen !== String(one.resourceVersion)) {
        return failure(
          409,
          "Conflict",
          `Operation cannot be fulfilled on ${plural}.apps "${name}": the object has been modified`,
        )
      }
      merge(one, patch as Parameters<typeof merge>[1])
      return { status: 200, body: shown(one) }
    }
    const list = /^\/(?:api\/v1|apis\/apps\/v1)\/namespaces\/([^/]+)\/(pods|replicasets|controllerrevisions)$/.exec(
      url.pathname,
    )
    if (list && req.method === "GET") {
      const [, namespace, plural] = list
      const here = [...stored.values()].filter((one) => one.namespace === namespace)
      const app = /^app=(.+)$/.exec(url.searchParams.get("labelSelector") ?? "")?.[1]
      if (plural === "pods") {
        const items = here.filter(({ name }) => app === undefined || name === app).flatMap(podsOf)
        return { status: 200, body: { kind: "PodList", apiVersion: "v1", metadata: {}, items } }
      }
      const kind = plural === "replicasets" ? "Deployment" : "StatefulSet"
      const items = here
        .filter((one) => one.kind === kind)
        .flatMap((one) =>
          one.revisions.map(({ number, name, template }) => ({
            metadata: {
              ...{ name, annotations: { "deployment.kubernetes.io/revision": String(number) } },
              ownerReferences: [{ apiVersion: "apps/v1", kind, name: one.name, uid: one.uid }],
            },
            ...(kind === "Deployment"
              ? { spec: { replicas: 0, selector: {}, template } }
              : { revision: number, data: { spec: { template } } }),
          })),
        )
      return { status: 200, body: { kind: "List", apiVersion: "apps/v1", metadata: {}, items } }
    }
    if (/\/pods\/[^/]+\/log$/.test(url.pathname)) {
      return { status: 200, body: `Error: DATABASE_URL is not set\n` }
    }
    return failure(404, "NotFound", "the server could not find the requested resource")
  }

  const server = createServer({ key: keyPem, cert: certPem }, (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = []
    req.on("data", (chunk: Buffer) => chunks.push(chunk))
    req.on("end", () => {
      const url = new URL(req.url ?? "/", "https://cluster")
      requests.push(`${req.method} ${url.pathname}`)
      settle()
      const { answer } = trouble
      const send = (status: number, body: unknown, headers: Record<string, string> = {}) =>
        res
          .writeHead(status, {
            "content-type": typeof body === "string" ? "text/plain" : "application/json",
            ...headers,
          })
          .end(typeof body === "string" ? body : JSON.stringify(body))
      if (req.headers.authorization !== `Bearer ${TOKEN}`) {
        const { status, body } = failure(401, "Unauthorized", "Unauthorized")
        return void send(status, body)
      }
      if (
        answer &&
        answer.times > 0 &&
        answer.path.test(url.pathname) &&
        (answer.method ?? req.method) === req.method
      ) {
        answer.times -= 1
        const told = failure(
          answer.status,
          "x",
          `deployments.apps "shop" is forbidden: cannot patch in namespace "prod"`,
        )
        return void send(answer.status, answer.body ?? told.body, {
          ...answer.headers,
          ...(answer.body === undefined ? {} : { "content-type": "application/json" }),
        })
      }
      const done = act(req, url, Buffer.concat(chunks).toString("utf8"))
      if (trouble.dropAfter?.test(`${req.method} ${url.pathname}`)) {
        trouble = { ...trouble, dropAfter: undefined }
        return void req.socket.destroy()
      }
      send(done.status, done.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ caPem, add, requests, stored },
    switches: () => switches,
    trouble(change: Trouble): void {
      trouble = change
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
