import { z } from "zod"
import type { CreateFlag, FlagState } from "../contract"
import { createAskJson } from "../parts/ask-json"
import { assertSet } from "../parts/assert-set"
import { unleashConfigSchema } from "./definition"

/** `GET /api/admin/projects/{project}/features/{feature}`: one entry for each environment of the project. */
const featureSchema = z.object({ environments: z.array(z.object({ name: z.string(), enabled: z.boolean() })) })

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const { url, token, project, environment, feature } = unleashConfigSchema.parse(rawConfig)
  const missing = `has no feature "${feature}" in the project ${project}, or not in the environment ${environment}`
  const ask = createAskJson({ name: "Unleash", missing }, ports)
  const base = `${url.replace(/\/$/, "")}/api/admin/projects/${encodeURIComponent(project)}/features/${encodeURIComponent(feature)}`
  // The Admin API takes the bare token.
  const headers = { Authorization: token }

  async function state(): Promise<FlagState> {
    const { body } = await ask({ url: base, headers })
    const parsed = featureSchema.safeParse(body)
    if (!parsed.success) throw new Error("Unleash's answer is not a feature")
    const found = parsed.data.environments.find(({ name }) => name === environment)
    if (!found) throw new Error(`Unleash's project ${project} has no environment ${environment} for this feature`)
    return { on: found.enabled }
  }

  return {
    state,
    async set(on) {
      const path = `${base}/environments/${encodeURIComponent(environment)}/${on ? "on" : "off"}`
      // An empty body, since older versions answer 415 to a POST that names no type of content.
      await ask({ method: "POST", url: path, headers, body: {} })
      return assertSet("Unleash", await state(), on)
    },
  }
}
