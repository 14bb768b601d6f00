import { setTimeout as delay } from "node:timers/promises"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { prisma } from "@/lib/server/db"
import { loadPerson } from "@/lib/server/people/load-person"
import { createRelease } from "@/lib/server/releases/create-release"
import type { Result } from "@/lib/server/result"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { WORLD_PASSWORD } from "./world-environment"

export type WorldPerson = "admin" | "lead" | "devops" | "product" | "security" | "ops" | "viewer"

const signers: Record<SignoffRole, WorldPerson> = {
  tech_lead: "lead",
  devops: "devops",
  product: "product",
  security: "security",
}
const POLL_MS = 50

/** The verbs as people use them, for tests that are about what comes after. */
export function worldReleases() {
  async function as(name: WorldPerson): Promise<Context> {
    const { id } = await prisma.user.findUniqueOrThrow({ where: { email: `${name}@postd.example` } })
    return { person: await loadPerson(id), tokenScopes: null, tokenId: null, address: "127.0.0.1", userAgent: "test" }
  }

  /** A release of a version of the sample service, just made. */
  async function newRelease(version: string): Promise<string> {
    const body = { service: "postd", environment: "production", version, ref: `v${version}` }
    return expectDone(await createRelease(await as("lead"), body)).release.id
  }

  /** A release whose items are all ticked, with four signatures. */
  async function readyRelease(version: string): Promise<string> {
    const id = await newRelease(version)
    const lead = await as("lead")
    for (const { key, revision } of Object.values((await readReleaseState(id)).items)) {
      expectDone(await patchItem(lead, id, key, { state: "passed", revision, note: "Seen and confirmed" }))
    }
    const { signoffs } = await readReleaseState(id)
    for (const [role, name] of Object.entries(signers)) {
      const items = signoffs[role as SignoffRole]?.items.map(({ key }) => key) ?? []
      expectDone(await signRelease(await as(name), id, role, { password: WORLD_PASSWORD, items }))
    }
    return id
  }

  /** Waits until something is so of a release. Throws with its runs and steps when it does not become so. */
  async function until(
    id: string,
    what: string,
    holds: (state: ReleaseState) => boolean,
    timeoutMs = 60_000,
  ): Promise<ReleaseState> {
    const deadline = Date.now() + timeoutMs
    let state = await readReleaseState(id)
    for (;;) {
      // The number is little to read, the state is much: the cores belong to what is waited for.
      const { lastSeq } = await prisma.release.findUniqueOrThrow({ where: { id }, select: { lastSeq: true } })
      if (lastSeq !== state.lastSeq) state = await readReleaseState(id)
      if (holds(state)) return state
      if (Date.now() > deadline) throw new Error(`"${what}" did not become so in ${timeoutMs} ms:\n${inWords(state)}`)
      await delay(POLL_MS)
    }
  }

  async function timeline(id: string): Promise<AnyTimelineEvent[]> {
    const rows = await prisma.event.findMany({ where: { releaseId: id }, orderBy: { seq: "asc" } })
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }) as unknown as AnyTimelineEvent)
  }

  return { as, newRelease, readyRelease, until, timeline, state: readReleaseState }
}

/** The value of a verb's answer; a refusal is thrown with its code and sentence. */
export function expectDone<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value
  const { code, message, detail } = answer.refusal
  throw new Error(`${code}: ${message} ${detail ? JSON.stringify(detail) : ""}`)
}

function inWords(state: ReleaseState): string {
  const runs = state.runOrder.flatMap((id) => state.runs[id] ?? [])
  const lines = runs.map(({ kind, status, outcome, steps }) =>
    [
      `${kind}: ${status} ${outcome ?? ""}`,
      ...steps.map((step) => `  ${step.key}: ${step.status} (${step.attempt}) ${step.summary ?? step.prompt ?? ""}`),
    ].join("\n"),
  )
  return [
    `status ${state.status}, live ${state.live?.version ?? "-"}, rollback ${state.rollback?.status}`,
    ...lines,
  ].join("\n")
}
