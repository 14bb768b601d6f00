import { createServer, type IncomingMessage, type Server } from "node:http"
import { z } from "zod"
import { checkCaller, readBody, sendJson, sendProblem } from "./admin-http"
import {
  deploymentIdSchema,
  type HostState,
  instanceSpecSchema,
  setLiveSchema,
  setMaintenanceSchema,
  setTlsSchema,
} from "./contract"
import type { HostLog } from "./host-log"
import { readLastLines } from "./instance-log"
import type { Instances } from "./instances"
import { switchLive } from "./live"
import type { MaintenanceSwitch } from "./maintenance"
import { HostProblem, invalidBody } from "./problem"
import type { StateFile } from "./state-file"
import type { TlsFront } from "./tls-front"

const tailSchema = z.object({ tail: z.coerce.number().int().min(1).max(5_000).default(200) })

type Options = {
  state: StateFile
  instances: Instances
  maintenance: MaintenanceSwitch
  /** Null: the host has no port with TLS. */
  tls: TlsFront | null
  adminToken: string | undefined
  log: HostLog
}
type Answer = { status: number; body: unknown }
type Call = { req: IncomingMessage; id: string; query: URLSearchParams }
type Handlers = Partial<Record<"get" | "put" | "delete", (call: Call) => Answer | Promise<Answer>>>

/** The JSON API by which versions are started, switched and stopped. Every call may be repeated without further effect. */
export function createAdminApi({ state, instances, maintenance, tls, adminToken, log }: Options): Server {
  const server = createServer((req, res) => {
    void answer(req).then(
      ({ status, body }) => sendJson(res, status, body),
      (error: unknown) => {
        if (!(error instanceof HostProblem)) log("admin.error", { error: String(error), url: req.url })
        sendProblem(req, res, error, error instanceof MethodProblem ? error.allow : [])
      },
    )
  })
  server.keepAliveTimeout = 75_000

  async function answer(req: IncomingMessage): Promise<Answer> {
    checkCaller(req, adminToken)
    const [path = "/", query = ""] = (req.url ?? "/").split("?")
    const { handlers, id } = find(path)
    const method = req.method?.toLowerCase()
    const handler = method === "get" || method === "put" || method === "delete" ? handlers[method] : undefined
    if (!handler) throw new MethodProblem(Object.keys(handlers).map((name) => name.toUpperCase()))
    return handler({ req, id, query: new URLSearchParams(query) })
  }

  function find(path: string): { handlers: Handlers; id: string } {
    const [, first, id, rest, ...more] = path.split("/")
    if (more.length > 0) throw notFound(path)
    if (first === "instances" && id !== undefined) {
      const handlers = rest === undefined ? oneInstance : rest === "logs" ? instanceLogs : null
      if (handlers) return { handlers, id: parseId(id) }
    }
    const handlers = id === undefined ? topLevel[first ?? ""] : undefined
    if (!handlers) throw notFound(path)
    return { handlers, id: "" }
  }

  const topLevel: Record<string, Handlers | undefined> = {
    state: { get: () => ({ status: 200, body: hostState() }) },
    instances: { get: () => ({ status: 200, body: instances.list() }) },
    maintenance: {
      get: () => ({ status: 200, body: maintenance.current() }),
      put: async ({ req }) => ({ status: 200, body: await maintenance.set(await readBody(req, setMaintenanceSchema)) }),
    },
    tls: tls
      ? {
          get: () => ({ status: 200, body: tls.current() }),
          put: async ({ req }) => ({ status: 200, body: await tls.change(await readBody(req, setTlsSchema)) }),
        }
      : undefined,
    live: {
      get: () => ({ status: 200, body: state.current().live }),
      put: async ({ req }) => {
        const wanted = await readBody(req, setLiveSchema)
        return { status: 200, body: await switchLive({ state, instances, log }, wanted) }
      },
    },
  }

  const oneInstance: Handlers = {
    get: ({ id }) => ({ status: 200, body: instances.get(id).snapshot() }),
    put: async ({ req, id }) => {
      const body = await instances.start(id, await readBody(req, instanceSpecSchema))
      return { status: body.started ? 201 : 200, body }
    },
    delete: async ({ id }) => ({ status: 200, body: { removed: await instances.remove(id) } }),
  }

  const instanceLogs: Handlers = {
    get: async ({ id, query }) => {
      const wanted = tailSchema.safeParse(Object.fromEntries(query))
      if (!wanted.success) throw invalidBody(wanted.error)
      return {
        status: 200,
        body: { deploymentId: id, lines: await readLastLines(instances.logPath(id), wanted.data.tail) },
      }
    },
  }

  function hostState(): HostState {
    const { live, previous, switches } = state.current()
    return { live, previous, instances: instances.list(), maintenance: maintenance.current(), switches }
  }

  return server
}

class MethodProblem extends HostProblem {
  constructor(readonly allow: string[]) {
    super("method_not_allowed", `Allowed here: ${allow.join(", ")}`)
  }
}

function parseId(value: string): string {
  const parsed = deploymentIdSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const message = parsed.error.issues[0]?.message ?? "is not valid"
  throw new HostProblem("invalid", `deploymentId: ${message}`, [{ field: "deploymentId", message }])
}

function notFound(path: string): HostProblem {
  return new HostProblem("not_found", `Nothing at ${path}`)
}
