import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createLocalHostClient } from "../client"
import { createLocalHost } from "../host"

/** A real application: says who it is, echoes, answers slowly or in parts, and crashes when told to. */
const APPLICATION = `
import { createServer } from "node:http"
const name = process.env.NAME
const server = createServer((req, res) => {
  const url = new URL(req.url, "http://app")
  if (url.pathname === "/crash") {
    if ((url.searchParams.get("only") ?? name) !== name) return res.end(name)
    setTimeout(() => process.exit(7), Number(url.searchParams.get("ms") ?? 0))
    return
  }
  if (url.pathname === "/echo") {
    let body = ""
    req.setEncoding("utf8")
    req.on("data", (chunk) => { body += chunk })
    req.on("end", () => {
      res.setHeader("set-cookie", ["a=1", "b=2"])
      res.setHeader("content-type", "application/json")
      res.end(JSON.stringify({ name, method: req.method, url: req.url, headers: req.headers, body }))
    })
    return
  }
  if (url.pathname === "/parts") {
    res.write("first,")
    setTimeout(() => res.end("second"), 300)
    return
  }
  if (url.pathname === "/env") return res.end(JSON.stringify(process.env))
  setTimeout(() => res.end(name), Number(url.searchParams.get("ms") ?? 0))
})
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("application " + name + " listens"))
`

export type TestHost = Awaited<ReturnType<typeof startTestHost>>

/** A host in this process with free ports and a temporary directory; its applications are real processes. */
export async function startTestHost({ adminToken }: { adminToken?: string } = {}) {
  const root = await mkdtemp(join(tmpdir(), "golive-host-"))
  const dataDirectory = join(root, "data")
  await writeFile(join(root, "application.mjs"), APPLICATION)
  const events: string[] = []
  const open = () =>
    createLocalHost({ dataDirectory, proxyPort: 0, adminPort: 0, adminToken, log: (event) => events.push(event) })
  let host = await open()
  let client = connect()

  function connect() {
    return createLocalHostClient({ adminUrl: `http://127.0.0.1:${host.adminPort}`, token: adminToken })
  }

  function spec(name: string) {
    return {
      directory: root,
      command: [process.execPath, "application.mjs"],
      version: `${name}.0.0`,
      commit: null,
      env: { NAME: name },
    }
  }

  return {
    root,
    dataDirectory,
    events,
    spec,
    client: () => client,
    adminUrl: (path: string) => `http://127.0.0.1:${host.adminPort}${path}`,
    proxyUrl: (path: string) => `http://127.0.0.1:${host.proxyPort}${path}`,
    /** Starts an application named `name` as deployment `name` and waits for it. */
    async run(name: string) {
      await client.start(name, spec(name))
      return client.waitUntilRunning(name)
    },
    async goLive(name: string) {
      await this.run(name)
      return client.setLive({ deploymentId: name })
    },
    async reopen() {
      await host.close()
      host = await open()
      client = connect()
    },
    async close() {
      await host.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

export async function readText(
  url: string,
  init?: RequestInit,
): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.text(), headers: response.headers }
}

export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
