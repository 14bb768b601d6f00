import { claimConnectionTest, finishConnectionTest } from "@/lib/server/environment/work-connection-test"
import { startClaimClock } from "../runtime/claim-clock"
import { testConnection } from "./test-connection"

const LEASE_MS = 60_000

/** Takes tests of connections as they are asked for. Answers with the way to stop, which gives those in hand back. */
export function startConnectionClock(): () => Promise<void> {
  return startClaimClock({
    ...{ name: "tests of connections", bell: "connection-tests", sideBySide: 4 },
    claim: () => claimConnectionTest(LEASE_MS),
    work: async (test, stop) => {
      await finishConnectionTest(test, await testConnection(test, stop))
    },
  })
}
