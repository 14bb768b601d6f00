import { deploymentReportSchema } from "@/lib/contracts/deployment-report"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { ForgeRefusal } from "@/lib/forges/contract"
import { forgeReporters } from "@/lib/forges/reporters.gen"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { fillConfig } from "@/lib/server/secrets/fill-config"
import { openSecrets } from "@/lib/server/secrets/open-secrets"
import { type Deliver, Undeliverable } from "./deliver"

/** Tells the forge of the release's environment, by the settings of this moment: a token that was mended counts at once. */
export const deliverDeploymentReport: Deliver = async ({ releaseId, payload }, signal) => {
  if (releaseId === null) throw new Undeliverable("It belongs to no release")
  const { report } = deploymentReportSchema.parse(payload)
  const { environment } = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { environment: { select: { id: true, name: true, config: true } } },
  })
  const { forge, allowPrivateNetwork, baseUrl } = environmentConfigSchema.parse(environment.config)
  if (!forge) throw new Undeliverable("The environment names no place that is told of deployments any more")
  const filled = fillConfig(forge.config, await openSecrets(environment))
  if (!filled.ok) throw new Error(filled.why)
  const create = forgeReporters[forge.kind as keyof typeof forgeReporters]
  const tell = create(filled.value, { platform: createPlatformRequest({ allowPrivateNetwork }), signal })
  const pageUrl = `${env().NEXTAUTH_URL.replace(/\/$/, "")}/releases/${releaseId}`
  await tell({ ...report, pageUrl, serviceUrl: baseUrl }).catch((error: unknown) => {
    throw error instanceof ForgeRefusal && error.final ? new Undeliverable(error.message) : error
  })
}
