import { z } from "zod"
import type { CreateReporter, LinkedReport } from "../contract"
import { createAskForge } from "../parts/ask-forge"
import { githubConfigSchema } from "./definition"

/** https://docs.github.com/rest/deployments: deployments, and statuses of which the newest counts. */
const API_VERSION = "2022-11-28"
const deploymentSchema = z.object({ id: z.number().int() })
const statusesSchema = z.array(z.object({ state: z.string(), description: z.string().nullish() }))

/** GitHub has no word for a deployment that people stopped. */
const STATES = { in_progress: "in_progress", success: "success", failure: "failure", cancelled: "error" } as const

export const createReporter: CreateReporter = (rawConfig, ports) => {
  const { url, owner, repository, token } = githubConfigSchema.parse(rawConfig)
  const headers = {
    ...{ Accept: "application/vnd.github+json", Authorization: `Bearer ${token}` },
    ...{ "X-GitHub-Api-Version": API_VERSION, "User-Agent": "golive" },
  }
  const ask = createAskForge("GitHub", headers, ports)
  const base = `${url.replace(/\/$/, "")}/repos/${owner}/${repository}/deployments`

  /** Found by its task, which nobody else chooses: a report that is repeated makes no second deployment. */
  async function find({ key, environment }: LinkedReport): Promise<number | null> {
    const query = new URLSearchParams({ task: taskOf(key), environment, per_page: "1" })
    const [found] = await ask({ url: `${base}?${query}` }, z.array(deploymentSchema))
    return found?.id ?? null
  }

  async function create(report: LinkedReport): Promise<number> {
    const body = {
      ref: report.commit,
      task: taskOf(report.key),
      environment: report.environment,
      description: report.description,
      // It is being deployed already, whatever other checks say and wherever the branch is.
      ...{ auto_merge: false, required_contexts: [] },
      production_environment: true,
    }
    const { id } = await ask({ method: "POST", url: base, body, repeatable: false }, deploymentSchema)
    return id
  }

  return async (report) => {
    const id = (await find(report)) ?? (await create(report))
    const statuses = `${base}/${id}/statuses`
    const state = STATES[report.state]
    const [newest] = await ask({ url: `${statuses}?per_page=1` }, statusesSchema)
    if (newest?.state === state && newest.description === report.description) return
    await ask(
      {
        ...{ method: "POST", url: statuses, repeatable: false },
        body: {
          ...{ state, description: report.description, environment: report.environment },
          ...{ log_url: report.pageUrl, environment_url: report.serviceUrl },
          auto_inactive: state === "success",
        },
      },
      z.object({ state: z.string() }),
    )
  }
}

function taskOf(key: string): string {
  return `golive:${key}`
}
