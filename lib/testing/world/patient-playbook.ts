import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { prisma } from "@/lib/server/db"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"

const SOURCE = fileURLToPath(new URL("../../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url))
const PATIENT_MS = 30_000
const FEW = 2
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/(metric: latency_p99,[^}]*limit: )\d+/, PATIENT_MS],
  [/(minRequests: )\d+/, FEW],
  [/(minSamples: )\d+/, FEW],
]

/**
 * Publishes the sample playbook with latency limits that only a service that hangs can break, and with verdicts that few
 * requests are enough for: on a machine that many tests share, how fast answers come, and how many of them in a watch of
 * seconds, says nothing about the version that is deployed. `sparing`: a section that stays as it is written.
 */
export async function publishPatientPlaybook({ sparing }: { sparing?: "rollback" } = {}): Promise<void> {
  const service = await prisma.service.findUniqueOrThrow({ where: { key: "postd" } })
  const sections = (await readFile(SOURCE, "utf8")).split(/^(?=[a-z]\w*:)/m)
  const patient = sections.map((section) =>
    sparing && section.startsWith(`${sparing}:`) ? section : madePatient(section),
  )
  const text = patient.join("")
  for (const [limit] of LIMITS) if (!limit.test(text)) throw new Error(`the playbook has nothing like ${limit}`)
  await publishPlaybook(service.id, text)
}

const madePatient = (section: string) =>
  LIMITS.reduce((text, [limit, value]) => text.replaceAll(new RegExp(limit, "g"), `$1${value}`), section)
