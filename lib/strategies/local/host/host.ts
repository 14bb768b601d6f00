import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdir } from "node:fs/promises"
import type { Server } from "node:http"
import { resolve } from "node:path"
import { createAdminApi } from "./admin-api"
import type { HostLog } from "./host-log"
import { createInstances } from "./instances"
import { createMaintenance } from "./maintenance"
import { createProxy } from "./proxy"
import { openStateFile } from "./state-file"
import { createTlsFront } from "./tls-front"

const GRACE_MS = 1_500

export type LocalHostOptions = {
  /** State, logs and the maintenance flag live here. One host a directory. */
  dataDirectory: string
  /** 0 lets the system pick. Both ports listen on 127.0.0.1 only. */
  proxyPort: number
  adminPort: number
  /** Left out: no TLS. */
  tlsPort?: number
  /** Without it the admin API is open to everybody on this machine. */
  adminToken?: string
  log: HostLog
}

export type LocalHost = {
  proxyPort: number
  adminPort: number
  /** Null: no TLS. */
  tlsPort: number | null
  /** Ends all applications with their process groups, then the servers; within 3 s. Safe to call twice. */
  close(): Promise<void>
}

/**
 * A small deployment platform for one service on one machine: it runs versions side by side, and its proxy sends visitors
 * to the live one. Resolves when both ports listen; what was live before is being started again by then.
 * Rejects if a port is taken or the state cannot be read.
 */
export async function createLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const dataDirectory = resolve(options.dataDirectory)
  const { adminToken, log } = options
  await mkdir(dataDirectory, { recursive: true })
  const state = await openStateFile(dataDirectory, {
    schemaVersion: 1,
    live: null,
    previous: [],
    instances: {},
    switches: [],
    maintenance: { on: false, message: "", since: null },
    bypassToken: randomBytes(24).toString("base64url"),
  })
  const instances = createInstances({ dataDirectory, state, log })
  const maintenance = createMaintenance({ dataDirectory, state })
  const proxy = createProxy({ state, instances, maintenance, log })
  let tlsPort: number | null = null
  const tls = options.tlsPort === undefined ? null : await createTlsFront(proxy.listener, () => tlsPort ?? 0)
  const admin = createAdminApi({ state, instances, maintenance, tls, adminToken, log })

  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= shutDown()
    return closing
  }
  async function shutDown(): Promise<void> {
    admin.close()
    await instances.close(GRACE_MS)
    admin.closeAllConnections()
    tls?.server.close()
    tls?.server.closeAllConnections()
    proxy.close()
  }

  try {
    // Ports before instances: a second host on the same ports must fail before it touches what the first one runs.
    const proxyPort = await listen(proxy.server, options.proxyPort)
    const adminPort = await listen(admin, options.adminPort)
    if (tls) tlsPort = await listen(tls.server, options.tlsPort ?? 0)
    // The bypass token must outlive this process from the first moment that somebody may have read it.
    await state.update((s) => ({ ...s }))
    await instances.restore()
    return { proxyPort, adminPort, tlsPort, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("The server has no port")
  return address.port
}
