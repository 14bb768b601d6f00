import { z } from "zod"

const tlsSchema = z.object({ port: z.number().int(), names: z.array(z.string()).min(1), caPem: z.string() })

/**
 * Where the sample service is reached over TLS, and whose certificate it presents: the local host makes both anew at each
 * start. A host without a port for TLS: none.
 */
export async function tlsVariables(adminUrl: string, token: string | undefined): Promise<Record<string, string>> {
  const answer = await fetch(new URL("/tls", adminUrl), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    signal: AbortSignal.timeout(10_000),
  })
  if (answer.status === 404) return {}
  const { port, names, caPem } = tlsSchema.parse(await answer.json())
  return { TLS_HOST: names[0] ?? "localhost", TLS_ADDRESS: "127.0.0.1", TLS_PORT: String(port), TLS_CA: caPem }
}
