import { randomUUID } from "node:crypto"
import { createReleaseRequest } from "@/lib/contracts/api/requests"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { commitNewRelease } from "@/lib/server/commit/create-release"
import { prisma } from "@/lib/server/db"
import { lookAtEnvironment } from "@/lib/server/environment/ask-connection-test"
import { log } from "@/lib/server/log"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { releaseCreated } from "./release-created"
import { resolveRef } from "./resolve-ref"

/** Makes a release of a ref, frozen to the newest version of the service's playbook. */
export async function createRelease(ctx: Context, body: unknown): Promise<Result<{ release: ReleaseState }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const input = parseInput(createReleaseRequest, body)
  const serviceKey = input.ok ? input.value.service : null
  const service = serviceKey === null ? null : await prisma.service.findUnique({ where: { key: serviceKey } })
  // Who may not do this at all learns that first, and nothing about the input.
  const access = await authorise(ctx, "release.create", service?.id ?? null)
  if (!access.ok) return access
  if (!input.ok) return input
  if (!service) return refused("invalid", `There is no service "${input.value.service}".`, { field: "service" })
  const environment = await prisma.environment.findUnique({
    where: { serviceId_key: { serviceId: service.id, key: input.value.environment } },
  })
  if (!environment) {
    const message = `${service.name} has no environment "${input.value.environment}".`
    return refused("invalid", message, { field: "environment" })
  }
  const playbook = await newestPlaybook(service.id, input.value.playbook)
  if (!playbook.ok) return playbook
  const config = environmentConfigSchema.parse(environment.config)
  const commit = await resolveRef(config.repository, input.value.ref).catch((error) => {
    log.warn({ err: error, environment: environment.key }, "the repository cannot be read")
    return undefined
  })
  if (commit === undefined) {
    return refused("conflict", "The environment's repository cannot be read at the moment.", { field: "ref" })
  }
  if (commit === null) {
    return refused("invalid", `The repository has no branch, tag or commit "${input.value.ref}".`, { field: "ref" })
  }
  const { version, ref } = input.value
  const { state } = await commitNewRelease(randomUUID(), {
    type: "release.created",
    actor: access.actor,
    data: releaseCreated({
      ...playbook.value,
      service: { id: service.id, key: service.key, name: service.name },
      environment: { id: environment.id, key: environment.key, name: environment.name },
      name: input.value.name ?? `${service.name} ${version}`,
      version,
      ref,
      commit,
      createdBy: { id: access.person.id, name: access.person.name },
      timeScale: config.timeScale,
    }),
  })
  await lookAtEnvironment(environment.id, environment.config).catch((error: unknown) => {
    log.warn({ err: error, environment: environment.key }, "nobody was asked to look at what is live")
  })
  return done({ release: state })
}

async function newestPlaybook(serviceId: string, key: string | undefined) {
  const playbooks = await prisma.playbook.findMany({
    where: { serviceId, ...(key === undefined ? {} : { key }) },
    include: { versions: { orderBy: { number: "desc" }, take: 1 } },
  })
  const [playbook, another] = playbooks.filter((candidate) => candidate.versions.length > 0)
  const version = playbook?.versions[0]
  if (!playbook || !version) {
    const message = key === undefined ? "The service has no playbook." : `The service has no playbook "${key}".`
    return refused("invalid", message, { field: "playbook" })
  }
  if (another) return refused("invalid", "The service has several playbooks: name one.", { field: "playbook" })
  return done({
    playbook: version.document as unknown as Playbook,
    playbookRef: { versionId: version.id, number: version.number, hash: version.hash, name: playbook.name },
  })
}
