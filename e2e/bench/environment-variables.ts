import { join } from "node:path"
import { type RunningConsole, readSecrets } from "../fixtures/console"

/** What `{{env.…}}` means for the sample service of a running console, as a shell script outside of it would know it. */
export async function environmentVariables(running: RunningConsole) {
  const authorization = `Bearer ${readSecrets(running.dataDirectory).LOCAL_HOST_ADMIN_TOKEN}`
  const answer = await fetch(`${running.hostAdminUrl}/tls`, { headers: { authorization } })
  const tls = (await answer.json()) as { port: number; names: string[]; caPem: string }
  return {
    key: "production",
    name: "Production",
    baseUrl: running.serviceUrl,
    repository: join(running.dataDirectory, "sample-service"),
    vars: { TLS_HOST: tls.names[0], TLS_ADDRESS: "127.0.0.1", TLS_PORT: String(tls.port), TLS_CA: tls.caPem },
  }
}
