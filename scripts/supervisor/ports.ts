import { readFile, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { findFreePort } from "../../lib/server/embedded/free-port"

/** Throws with one sentence if the address cannot be listened on. */
export async function requirePort(host: string, port: number): Promise<void> {
  const reason = await tryListening(host, port)
  if (reason === null) return
  if (reason === "EADDRINUSE") {
    throw new Error(
      `Port ${port} is taken by another program. Choose another one, for example: PORT=${port + 1} npm start`,
    )
  }
  throw new Error(`Golive cannot listen on ${host}:${port} (${reason}). Choose another address with HOST and PORT.`)
}

/**
 * The sample service keeps its addresses from start to start, as long as nobody else takes them. LOCAL_HOST_PROXY_PORT,
 * LOCAL_HOST_TLS_PORT and LOCAL_HOST_ADMIN_PORT have precedence.
 */
export async function keepPorts(directory: string): Promise<{ proxyPort: number; tlsPort: number; adminPort: number }> {
  const path = join(directory, "ports.json")
  const kept = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as { proxyPort?: number; tlsPort?: number; adminPort?: number })
    .catch(() => null)
  const ports = {
    proxyPort: await choosePort(process.env.LOCAL_HOST_PROXY_PORT, kept?.proxyPort),
    tlsPort: await choosePort(process.env.LOCAL_HOST_TLS_PORT, kept?.tlsPort),
    adminPort: await choosePort(process.env.LOCAL_HOST_ADMIN_PORT, kept?.adminPort),
  }
  await writeFile(path, JSON.stringify(ports))
  return ports
}

async function choosePort(wanted: string | undefined, kept: number | undefined): Promise<number> {
  if (wanted) {
    await requirePort("127.0.0.1", Number(wanted))
    return Number(wanted)
  }
  if (kept && (await tryListening("127.0.0.1", kept)) === null) return kept
  return findFreePort()
}

function tryListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}
