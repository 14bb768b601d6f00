import { setTimeout as delay } from "node:timers/promises"
import { z } from "zod"
import type { CreateFlag, FlagState } from "../contract"
import { createAskJson } from "../parts/ask-json"
import { assertSet } from "../parts/assert-set"
import { launchDarklyConfigSchema } from "./definition"

/** `GET /api/v2/flags/{projectKey}/{featureFlagKey}?env=`: the targeting of the environments that were asked for. */
const flagSchema = z.object({ environments: z.record(z.string(), z.object({ on: z.boolean() })) })
/** Somebody else may change the flag at the same moment: the API answers 409 and wants to be asked again. */
const TRIES = 4
const AGAIN_MS = 250

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const { url, token, project, environment, flag } = launchDarklyConfigSchema.parse(rawConfig)
  const missing = `has no flag "${flag}" in the project ${project}, or no such environment`
  const ask = createAskJson({ name: "LaunchDarkly", missing }, ports)
  const base = `${url.replace(/\/$/, "")}/api/v2/flags/${encodeURIComponent(project)}/${encodeURIComponent(flag)}`
  const headers = { Authorization: token }

  async function state(): Promise<FlagState> {
    const { body } = await ask({ url: `${base}?${new URLSearchParams({ env: environment })}`, headers })
    const parsed = flagSchema.safeParse(body)
    if (!parsed.success) throw new Error("LaunchDarkly's answer is not a flag")
    const found = Object.hasOwn(parsed.data.environments, environment) ? parsed.data.environments[environment] : null
    if (!found) throw new Error(`LaunchDarkly's project ${project} has no environment ${environment}`)
    return { on: found.on }
  }

  async function patch(on: boolean, reason: string): Promise<void> {
    const instructions = [{ kind: on ? "turnFlagOn" : "turnFlagOff" }]
    for (let n = 1; ; n += 1) {
      const { status } = await ask({
        ...{ method: "PATCH", url: base, expected: n < TRIES ? [409] : [] },
        headers: { ...headers, "Content-Type": "application/json; domain-model=launchdarkly.semanticpatch" },
        body: { environmentKey: environment, comment: reason, instructions },
      })
      if (status !== 409) return
      await delay(AGAIN_MS * n, null, { signal: ports.signal }).catch(() => ports.signal.throwIfAborted())
    }
  }

  return {
    state,
    async set(on, reason) {
      await patch(on, reason)
      return assertSet("LaunchDarkly", await state(), on)
    },
  }
}
