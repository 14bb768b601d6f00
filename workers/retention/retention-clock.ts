import { log } from "@/lib/server/log"
import { type RolledUp, rollUpNext } from "@/lib/server/retention/roll-up-samples"
import { startClaimClock } from "../runtime/claim-clock"

const LOOK_MS = 10 * 60_000

/** Makes what is old small, one release after the other. Answers with the way to stop. */
export function startRetentionClock(): () => Promise<void> {
  return startClaimClock<RolledUp>({
    ...{ name: "old samples", sideBySide: 1, lookMs: LOOK_MS },
    claim: () => rollUpNext(),
    work: async (rolled) => log.info(rolled, "samples of a closed release were rolled up"),
  })
}
