import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { PostgresConnection } from "../open-postgres"
import type { CheckPorts } from "../ports"
import type { PostgresPlace } from "../postgres-url"
import type { TimeLimit } from "../time-limit"

/** A database that is being looked at. */
export interface Session {
  place: PostgresPlace
  connection: PostgresConnection
  limit: TimeLimit
  ports: CheckPorts
  /** What is known so far, for people. */
  facts: Extract<EvidenceBlock, { type: "facts" }>["facts"]
}
