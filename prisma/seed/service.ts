import { randomUUID } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { type EnvironmentConfig, environmentConfigSchema } from "@/lib/domain/environment/config"
import { prisma } from "@/lib/server/db"
import type { Env } from "@/lib/server/env"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"
import type { Prisma } from "@/prisma/generated/client/client"

const PLAYBOOKS = fileURLToPath(new URL("./playbooks", import.meta.url))

/** The service POSTD with its environment and playbooks. The environment follows this start's addresses. */
export async function ensureService(settings: Env): Promise<{ id: string }> {
  const service = await prisma.service.upsert({
    where: { key: "postd" },
    create: { id: randomUUID(), key: "postd", name: "POSTD" },
    update: {},
  })
  const config = (await productionConfig(settings)) as unknown as Prisma.InputJsonObject
  await prisma.environment.upsert({
    where: { serviceId_key: { serviceId: service.id, key: "production" } },
    create: { id: randomUUID(), serviceId: service.id, key: "production", name: "Production", config },
    update: { config },
  })
  for (const name of (await readdir(PLAYBOOKS)).filter((file) => /\.ya?ml$/.test(file)).sort()) {
    await publishPlaybook(service.id, await readFile(join(PLAYBOOKS, name), "utf8"))
  }
  return { id: service.id }
}

async function productionConfig(settings: Env): Promise<EnvironmentConfig> {
  const { LOCAL_HOST_ADMIN_URL: adminUrl, LOCAL_HOST_PROXY_URL: baseUrl, SAMPLE_REPOSITORY: repository } = settings
  if (!adminUrl || !baseUrl || !repository) {
    throw new Error("The sample service is not there: LOCAL_HOST_ADMIN_URL, LOCAL_HOST_PROXY_URL, SAMPLE_REPOSITORY.")
  }
  const admin = {
    adminUrl,
    ...(settings.LOCAL_HOST_ADMIN_TOKEN ? { adminToken: settings.LOCAL_HOST_ADMIN_TOKEN } : {}),
  }
  return environmentConfigSchema.parse({
    baseUrl,
    repository,
    strategy: { kind: "local", config: { ...admin, env: serviceEnvironment(baseUrl) } },
    maintenance: {
      kind: "http-toggle",
      config: { url: new URL("/maintenance", adminUrl).href, headers: bearer(settings.LOCAL_HOST_ADMIN_TOKEN) },
      message: "System maintenance in progress. We'll be back online shortly.",
    },
    vars: { MAINTENANCE_BYPASS: await maintenanceBypass(adminUrl, settings.LOCAL_HOST_ADMIN_TOKEN) },
    // The sample service answers on this machine.
    allowPrivateNetwork: true,
    timeScale: settings.TIME_SCALE,
    probe: { intervalMs: settings.PROBE_INTERVAL_MS },
  })
}

/** With this in a header, a check sees the service behind the maintenance page. The local host makes it once. */
async function maintenanceBypass(adminUrl: string, token: string | undefined): Promise<string> {
  const answer = await fetch(new URL("/maintenance", adminUrl), {
    headers: bearer(token),
    signal: AbortSignal.timeout(10_000),
  })
  return z.object({ bypassToken: z.string() }).parse(await answer.json()).bypassToken
}

function bearer(token: string | undefined): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** What the deployed service runs with. Its faults can be switched on, so that a rollback can be rehearsed. */
export function serviceEnvironment(baseUrl: string): Record<string, string> {
  return { NODE_ENV: "production", PUBLIC_URL: baseUrl, FAULTS: "on" }
}
