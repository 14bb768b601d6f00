import { z } from "zod"
import type { CreateReporter, LinkedReport } from "../contract"
import { createAskForge } from "../parts/ask-forge"
import { gitlabConfigSchema } from "./definition"

/** https://docs.gitlab.com/api/deployments: a deployment has one status, which an update changes until it has ended. */
const deploymentSchema = z.object({ id: z.number().int(), status: z.string(), ref: z.string(), sha: z.string() })
type Deployment = z.infer<typeof deploymentSchema>

const STATES = { in_progress: "running", success: "success", failure: "failed", cancelled: "canceled" } as const
const ENDED: readonly string[] = ["success", "failed", "canceled"]
const LOOKED_AT = "20"

export const createReporter: CreateReporter = (rawConfig, ports) => {
  const { url, project, token } = gitlabConfigSchema.parse(rawConfig)
  const ask = createAskForge("GitLab", { "PRIVATE-TOKEN": token }, ports)
  const base = `${url.replace(/\/$/, "")}/api/v4/projects/${encodeURIComponent(project)}/deployments`

  /** GitLab keeps no key of ours, but any text as the ref: what we made carries the key there. */
  async function find(report: LinkedReport): Promise<Deployment | undefined> {
    const query = { environment: report.environment, order_by: "id", sort: "desc", per_page: LOOKED_AT }
    const found = await ask({ url: `${base}?${new URLSearchParams(query)}` }, z.array(deploymentSchema))
    return found.find(({ sha, ref }) => sha === report.commit && ref === refOf(report))
  }

  return async (report) => {
    const status = STATES[report.state]
    const known = await find(report)
    if (!known) {
      const body = {
        ...{ environment: report.environment, sha: report.commit, ref: refOf(report) },
        ...{ tag: false, status },
      }
      await ask({ method: "POST", url: base, body, repeatable: false }, deploymentSchema)
      return
    }
    // What has ended stays as it is there: that it was rolled back is told by the deployment that follows.
    if (known.status === status || ENDED.includes(known.status)) return
    await ask({ method: "PUT", url: `${base}/${known.id}`, body: { status } }, deploymentSchema)
  }
}

function refOf({ ref, key }: LinkedReport): string {
  return `${ref}#golive-${key.slice(0, 8)}`
}
