import type { ReleaseListEntry, ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import type { Api } from "./api"
import type { Call } from "./command"
import { exits } from "./exits"
import { Fault, UsageFault } from "./fault"

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SLUG = "[a-z0-9][a-z0-9_-]{0,79}"
const PAGE = 200
const MOST_PAGES = 50

export type ReleaseName =
  | { by: "id"; id: string }
  | { by: "latest"; service: string; environment: string }
  | { by: "version"; service: string; environment: string; version: string }

/** Which release is meant: what stands on the command line, `--release`, or GOLIVE_RELEASE. Throws UsageFault. */
export function releaseName({ values, positionals, env }: Pick<Call, "values" | "positionals" | "env">): ReleaseName {
  const text = (positionals[0] ?? values.text("release") ?? env.GOLIVE_RELEASE)?.trim()
  if (!text) throw new UsageFault("Which release? Name it, or set GOLIVE_RELEASE.")
  if (positionals[0] !== undefined && values.text("release") !== undefined) {
    throw new UsageFault("The release is named twice.")
  }
  if (UUID.test(text)) return { by: "id", id: text.toLowerCase() }
  if (text === "latest") {
    const service = values.text("service") ?? env.GOLIVE_SERVICE
    const environment = values.text("environment") ?? env.GOLIVE_ENVIRONMENT
    if (!service || !environment) throw new UsageFault("`latest` needs --service and --environment.")
    return { by: "latest", service, environment }
  }
  const [, service, environment, version] = new RegExp(`^(${SLUG})/(${SLUG})@(.+)$`).exec(text) ?? []
  if (!service || !environment || !version) {
    throw new UsageFault(`"${text}" is no release: give an id, latest, or service/environment@version.`)
  }
  return { by: "version", service, environment, version }
}

/** The id of the release that is meant; of several with the same version the newest. Throws Fault. */
export async function findReleaseId(call: Pick<Call, "values" | "positionals" | "env" | "api">): Promise<string> {
  const name = releaseName(call)
  if (name.by === "id") return name.id
  for await (const entry of listReleases(call.api)) {
    const isThere = entry.service.key === name.service && entry.environment.key === name.environment
    if (isThere && (name.by === "latest" || plain(entry.version) === plain(name.version))) return entry.id
  }
  const version = name.by === "version" ? ` of version ${name.version}` : ""
  throw new Fault(exits.no, `There is no release${version} for ${name.service}/${name.environment}.`)
}

/** Tags often have a `v` before the version that they are of. */
function plain(version: string): string {
  return version.replace(/^v(?=\d)/, "")
}

/** All releases that may be seen, the newest first. */
export async function* listReleases(api: Api): AsyncGenerator<ReleaseListEntry, void, undefined> {
  let before: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { releases } = await api.ask<{ releases: ReleaseListEntry[] }>({
      path: "/releases",
      query: { limit: String(PAGE), ...(before ? { before } : {}) },
      expects: ["releases"],
    })
    yield* releases
    before = releases.at(-1)?.createdAt
    if (releases.length < PAGE || !before) return
  }
}

export function readSnapshot(api: Api, id: string): Promise<ReleaseSnapshot> {
  return api.ask<ReleaseSnapshot>({ path: `/releases/${id}`, expects: ["release", "environment", "gate", "cursors"] })
}
