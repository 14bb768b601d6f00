import type { ConnectionTestView } from "@/lib/contracts/api/environments"
import { connectionFindingsSchema } from "@/lib/contracts/connection"

interface Row {
  id: string
  status: string
  saved: boolean
  askedByName: string
  createdAt: Date
  finishedAt: Date | null
  findings: unknown
}

export const connectionTestColumns = {
  ...{ id: true, status: true, saved: true, askedByName: true, createdAt: true, finishedAt: true, findings: true },
} as const

export function connectionTestView(row: Row): ConnectionTestView {
  const { id, saved, askedByName, createdAt, finishedAt, findings } = row
  return {
    ...{ id, saved, status: row.status as ConnectionTestView["status"] },
    ...{ askedBy: askedByName, askedAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null },
    findings: findings === null ? null : connectionFindingsSchema.parse(findings),
  }
}
