import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { proofProgress } from "@/lib/domain/checklist/proof-progress"
import type { Playbook } from "@/lib/playbook/schema"
import { fillTemplate } from "@/lib/server/template/fill-template"
import type { ReleaseApi } from "../fixtures/release-api"
import { type PlainCheck, plainScript } from "./plain-script"

/**
 * "Prove all" in the console, and the same checks one after another in a plain shell script, against the same service.
 * Milliseconds of one run.
 */
export async function measureProveAll(
  lead: ReleaseApi,
  { version, variables, directory }: { version: string; variables: Record<string, unknown>; directory: string },
) {
  const id = await lead.create(version)
  await lead.post(`/releases/${id}/prove`, { which: "all" })
  const ended = await lead.until(id, "all is proved", ({ release }) => proofProgress(release)?.finishedAt != null)
  const proof = proofProgress(ended.release)
  if (!proof?.finishedAt || !proof.slowest) throw new Error("nothing was proved")
  const wallMs = Date.parse(proof.finishedAt) - Date.parse(proof.startedAt)

  const checks = checksOf(ended.playbook, Object.keys(ended.release.proof?.runIds ?? {}), {
    ...variables,
    release: { ref: ended.release.ref, version, commit: ended.release.commit, id, name: ended.release.name },
  })
  const path = join(directory, "prove-one-by-one.sh")
  writeFileSync(path, plainScript(checks, { repository: String(readRepository(variables)), ref: ended.release.ref }))
  const beganMs = performance.now()
  const script = spawn("bash", [path], { stdio: ["ignore", "pipe", "inherit"] })
  let said = ""
  script.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text
  })
  const [code] = await once(script, "close")
  const plainMs = Math.round(performance.now() - beganMs)
  return {
    items: proof.total,
    passed: proof.passed,
    failed: proof.failed + proof.troubled,
    wallMs,
    slowest: proof.slowest,
    wallOverSlowest: Number((wallMs / proof.slowest.tookMs).toFixed(2)),
    plainScriptMs: plainMs,
    plainScriptExit: code,
    plainScriptFailed: said.split("\n").filter((line) => line.startsWith("FAILED")),
    plainScriptOverWall: Number((plainMs / wallMs).toFixed(2)),
  }
}

function checksOf(playbook: Playbook, itemKeys: string[], variables: Record<string, unknown>): PlainCheck[] {
  return playbook.checklist.groups.flatMap(({ items }) =>
    items.flatMap(({ key, check }) => {
      if (!check || !itemKeys.includes(key)) return []
      const filled = fillTemplate(check, variables)
      if (!filled.ok) throw new Error(`${key} asks for ${filled.missing.join(", ")}`)
      return [{ itemKey: key, binding: filled.value as PlainCheck["binding"] }]
    }),
  )
}

function readRepository(variables: Record<string, unknown>): unknown {
  const { env } = variables as { env?: { repository?: string } }
  if (!env?.repository) throw new Error("the repository of the sample service is not known")
  return env.repository
}
