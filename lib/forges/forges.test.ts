import { afterEach, beforeEach, expect, test } from "vitest"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { type Forge, forgeToken, startForge } from "@/lib/testing/servers/start-forge"
import type { LinkedReport } from "./contract"
import { forgeDefinitions } from "./definitions.gen"
import { forgeReporters } from "./reporters.gen"

let forge: Forge
beforeEach(async () => {
  forge = await startForge()
})
afterEach(() => forge.close())

const kinds = Object.keys(forgeReporters) as (keyof typeof forgeReporters)[]
const commit = "0123456789abcdef0123456789abcdef01234567"
const report: LinkedReport = {
  ...{ key: "5f0c7a0e-3f2f-4a6e-9d53-1c1b5d0d7a11", commit, ref: "main", environment: "Production" },
  ...{ state: "in_progress", description: "Shop 1.1.0: the deployment begins" },
  ...{ pageUrl: "http://golive.example/releases/1", serviceUrl: "http://shop.example" },
}
const settings = {
  github: () => ({ url: forge.url, owner: "acme", repository: "shop", token: forgeToken }),
  gitlab: () => ({ url: forge.url, project: "acme/shop", token: forgeToken }),
}
function reporter(kind: keyof typeof forgeReporters, change: object = {}) {
  const ports = { platform: createPlatformRequest({ allowPrivateNetwork: true }), signal: new AbortController().signal }
  return forgeReporters[kind]({ ...settings[kind](), ...change }, ports)
}

test.each(Object.values(forgeDefinitions))("$kind: its examples fit its settings", ({ configSchema, examples }) => {
  for (const { config } of examples) expect(configSchema.safeParse(config).error).toBeUndefined()
})

test.each(kinds)(
  "%s: one deployment goes from its beginning to its end; repeated reports add nothing",
  async (kind) => {
    const tell = reporter(kind)
    await tell(report)
    await tell(report)
    const done = { ...report, state: "success", description: "1.1.0 is live and verified" } as const
    await tell(done)
    await tell(done)
    expect(forge.deployments).toHaveLength(1)
    expect(forge.deployments[0]).toMatchObject({ commit, environment: "Production" })
    expect(forge.deployments[0]?.states).toEqual([kind === "github" ? "in_progress" : "running", "success"])
  },
)

test.each(kinds)("%s: another deployment of the same commit is another one", async (kind) => {
  const tell = reporter(kind)
  await tell(report)
  await tell({ ...report, key: "00000000-3f2f-4a6e-9d53-1c1b5d0d7a11", state: "cancelled" })
  expect(forge.deployments.map(({ states }) => states)).toEqual(
    kind === "github" ? [["in_progress"], ["error"]] : [["running"], ["canceled"]],
  )
})

test.each(kinds)("%s: an answer that was lost is found to have had its effect", async (kind) => {
  const tell = reporter(kind)
  forge.loses = 1
  await expect(tell(report)).rejects.toMatchObject({ final: false })
  await tell(report)
  await tell({ ...report, state: "success" })
  expect(forge.deployments).toHaveLength(1)
  expect(forge.deployments[0]?.states.at(-1)).toBe("success")
})

test.each(kinds)("%s: 429 is waited for; 5xx and a wrong token are said without the token", async (kind) => {
  forge.trouble.push((res) => void res.writeHead(429, { "retry-after": "0" }).end("{}"))
  await reporter(kind)(report)
  expect(forge.deployments).toHaveLength(1)
  const refused = reporter(kind, { token: "not-the-token-0123456789" })(report)
  await expect(refused).rejects.toThrow(/does not know this token \(401\): Bad credentials/)
  await expect(refused).rejects.not.toThrow(/0123456789/)
  await expect(refused).rejects.toMatchObject({ final: false })
})

test("github: a repository that is not there is no use to ask again", async () => {
  await expect(reporter("github", { repository: "other" })(report)).rejects.toMatchObject({
    message: expect.stringContaining("404"),
    final: true,
  })
})
