import { randomUUID } from "node:crypto"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { z } from "zod"
import { type EnvironmentConfig, environmentConfigSchema } from "@/lib/domain/environment/config"
import { prisma } from "@/lib/server/db"
import type { Env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"
import { openSecrets } from "@/lib/server/secrets/open-secrets"
import { type SecretToStore, storeSecret } from "@/lib/server/secrets/store-secret"
import type { Prisma } from "@/prisma/generated/client/client"
import { tlsVariables } from "./tls-variables"

/** Set by the console itself. */
const NOBODY = "00000000-0000-0000-0000-000000000000"
type SecretPlace = SecretToStore["environment"] & { name: string }

const PLAYBOOKS = fileURLToPath(new URL("./playbooks", import.meta.url))

/** The service POSTD with its environment and playbooks. The environment follows this start's addresses. */
export async function ensureService(settings: Env): Promise<{ id: string }> {
  const service = await prisma.service.upsert({
    where: { key: "postd" },
    create: { id: randomUUID(), key: "postd", name: "POSTD" },
    update: {},
  })
  const config = (await productionConfig(settings)) as unknown as Prisma.InputJsonObject
  const environment = await prisma.environment.upsert({
    where: { serviceId_key: { serviceId: service.id, key: "production" } },
    create: { id: randomUUID(), serviceId: service.id, key: "production", name: "Production", config },
    update: {},
  })
  // What a person has set up is theirs, and stays as it is.
  await prisma.environment.updateMany({ where: { id: environment.id, configRevision: 0 }, data: { config } })
  await ensureSecrets({ id: environment.id, key: "production", name: "Production", serviceKey: "postd" }, settings)
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
    ...(settings.LOCAL_HOST_ADMIN_TOKEN ? { adminToken: "{{secret.LOCAL_HOST_ADMIN_TOKEN}}" } : {}),
  }
  const flagsFile = join(settings.LOCAL_HOST_DATA_DIR ?? settings.GOLIVE_DATA_DIR, "flags.env")
  // What somebody turned off stays off.
  await writeFile(flagsFile, "FEATURE_FLAG_RECYCLING_POOL=true\n", { flag: "wx" }).catch(() => undefined)
  return environmentConfigSchema.parse({
    baseUrl,
    repository,
    strategy: { kind: "local", config: { ...admin, env: { ...serviceEnvironment(baseUrl), FLAGS_FILE: flagsFile } } },
    maintenance: {
      kind: "http-toggle",
      config: { url: new URL("/maintenance", adminUrl).href, headers: bearer(admin.adminToken) },
      message: "System maintenance in progress. We'll be back online shortly.",
    },
    flags: [
      {
        ...{ key: "recycling-pool", title: "Reads with a pool that checks its connections", kind: "env-file" },
        config: { path: flagsFile, name: "FEATURE_FLAG_RECYCLING_POOL", missingIs: "on" },
      },
    ],
    revert: { mode: "branch", base: "main" },
    vars: await tlsVariables(adminUrl, settings.LOCAL_HOST_ADMIN_TOKEN),
    // The sample service answers on this machine.
    allowPrivateNetwork: true,
    timeScale: settings.TIME_SCALE,
    probe: { intervalMs: settings.PROBE_INTERVAL_MS },
  })
}

/** The local host's own token, and what lets checks past its maintenance page. Set anew where this start has others. */
async function ensureSecrets(environment: SecretPlace, settings: Env): Promise<void> {
  const { LOCAL_HOST_ADMIN_URL: adminUrl = "", LOCAL_HOST_ADMIN_TOKEN: token } = settings
  const wanted: { name: string; value: string | undefined; description: string }[] = [
    { name: "LOCAL_HOST_ADMIN_TOKEN", value: token, description: "Admin API of the local host" },
    {
      name: "MAINTENANCE_BYPASS",
      value: await maintenanceBypass(adminUrl, token),
      description: "Lets checks past the maintenance page",
    },
  ]
  const { values } = await openSecrets(environment)
  for (const { name, value, description } of wanted) {
    if (!value || values[name] === value) continue
    const by = { id: NOBODY, name: "Golive" }
    const stored = await storeSecret({ environment, name, value, description, by, userId: null, address: null })
    // A console without a usable key starts all the same, so that somebody can see what is wrong.
    if (!stored.ok) log.error({ name, why: stored.refusal.message }, "a secret of the sample service could not be set")
  }
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
