import { createLocalHostClient } from "@/lib/strategies/local/host/client"

/**
 * Where the sample service is reached over TLS, and whose certificate it presents: the local host makes both anew at each
 * start. A host without a port for TLS: none.
 */
export async function tlsVariables(adminUrl: string, token: string | undefined): Promise<Record<string, string>> {
  const host = createLocalHostClient({ adminUrl, token })
  const tls = await host.tls().catch(() => null)
  if (!tls) return {}
  return {
    TLS_HOST: tls.names[0] ?? "localhost",
    TLS_ADDRESS: "127.0.0.1",
    TLS_PORT: String(tls.port),
    TLS_CA: tls.caPem,
  }
}
