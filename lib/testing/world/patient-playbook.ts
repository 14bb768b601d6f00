import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { prisma } from "@/lib/server/db"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"

const SOURCE = fileURLToPath(new URL("../../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url))
const PATIENT_MS = 30_000
const FEW = 2

/**
 * Publishes the sample playbook with latency limits that only a service that hangs can break, and with verdicts that few
 * requests are enough for: on a machine that many tests share, how fast answers come, and how many of them in a watch of
 * seconds, says nothing about the version that is deployed.
 */
export async function publishPatientPlaybook(): Promise<void> {
  const service = await prisma.service.findUniqueOrThrow({ where: { key: "postd" } })
  const written = await readFile(SOURCE, "utf8")
  let patient = written
  for (const [limit, value] of [
    [/(metric: latency_p99,[^}]*limit: )\d+/g, PATIENT_MS],
    [/(minRequests: )\d+/g, FEW],
    [/(minSamples: )\d+/g, FEW],
  ] as const) {
    const before = patient
    patient = before.replace(limit, `$1${value}`)
    if (patient === before) throw new Error(`the playbook has nothing like ${limit} to make patient`)
  }
  await publishPlaybook(service.id, patient)
}
