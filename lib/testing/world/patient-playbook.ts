import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { prisma } from "@/lib/server/db"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"

const SOURCE = fileURLToPath(new URL("../../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url))
const PATIENT_MS = 30_000

/**
 * Publishes the sample playbook with latency limits that only a service that hangs can break: on a machine that many
 * tests share, how fast an answer comes says nothing about the version that is deployed.
 */
export async function publishPatientPlaybook(): Promise<void> {
  const service = await prisma.service.findUniqueOrThrow({ where: { key: "postd" } })
  const written = await readFile(SOURCE, "utf8")
  const patient = written.replace(/(metric: latency_p99,[^}]*limit: )\d+/g, `$1${PATIENT_MS}`)
  if (patient === written) throw new Error("the playbook has no latency limits to make patient")
  await publishPlaybook(service.id, patient)
}
