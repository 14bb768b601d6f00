import { z } from "zod"
import { createLocalHost } from "./host"

const port = z.coerce.number().int().min(0).max(65_535)

const envSchema = z.object({
  LOCAL_HOST_DATA_DIR: z.string().min(1),
  LOCAL_HOST_PROXY_PORT: port,
  LOCAL_HOST_ADMIN_PORT: port,
  LOCAL_HOST_TLS_PORT: port.default(0),
  LOCAL_HOST_ADMIN_TOKEN: z.string().min(1).optional(),
  /** "1": ends when its standard input does, so that it never outlives whoever started it with a pipe. */
  LOCAL_HOST_EXIT_WITH_PARENT: z.enum(["0", "1"]).default("0"),
})

const DEADLINE_MS = 2_900

function log(event: string, fields: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

async function main(): Promise<void> {
  const env = envSchema.parse(process.env)
  const host = await createLocalHost({
    dataDirectory: env.LOCAL_HOST_DATA_DIR,
    proxyPort: env.LOCAL_HOST_PROXY_PORT,
    adminPort: env.LOCAL_HOST_ADMIN_PORT,
    tlsPort: env.LOCAL_HOST_TLS_PORT,
    adminToken: env.LOCAL_HOST_ADMIN_TOKEN,
    log,
  })

  const stop = (reason: string) => {
    log("host.stopping", { reason })
    setTimeout(() => process.exit(1), DEADLINE_MS).unref()
    void host.close().finally(() => process.exit(0))
  }
  process.once("SIGTERM", () => stop("SIGTERM"))
  process.once("SIGINT", () => stop("SIGINT"))
  if (env.LOCAL_HOST_EXIT_WITH_PARENT === "1") process.stdin.once("end", () => stop("parent gone")).resume()

  process.stdout.write(
    `${JSON.stringify({ proxyPort: host.proxyPort, adminPort: host.adminPort, tlsPort: host.tlsPort })}\n`,
  )
}

main().catch((error: unknown) => {
  log("host.failed", { error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
})
