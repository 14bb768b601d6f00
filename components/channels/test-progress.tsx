import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import type { Delivery } from "@/lib/contracts/api/deliveries"

const ZONE = "UTC"
const tones: Record<Delivery["status"], Tone> = {
  waiting: "busy",
  retrying: "warn",
  delivered: "pass",
  given_up: "fail",
}

/** How far a test has come; said aloud as it changes. */
export function TestProgress({ delivery }: { delivery: Delivery }) {
  const { status, lastError, nextTryAt, createdAt } = delivery
  return (
    <div
      role="status"
      data-testid="test-progress"
      data-status={status}
      className="flex items-start gap-2 rounded-lg border bg-sunken px-3 py-2 text-sm"
    >
      <StatusShape tone={tones[status]} className="mt-0.5" />
      <p className="min-w-0 break-words">
        {status === "waiting" ? "The test is on its way." : null}
        {status === "delivered" ? `The test arrived ${tookWords(delivery)}.` : null}
        {status === "given_up" ? `The test did not arrive: ${lastError ?? "nobody knows why"}.` : null}
        {status === "retrying" ? (
          <>
            Not yet: {lastError}.{" "}
            {nextTryAt ? (
              <>
                Tried again at <Instant at={nextTryAt} zone={ZONE} how="seconds" />.
              </>
            ) : null}
          </>
        ) : null}
        <span className="sr-only">
          {" "}
          Sent <Instant at={createdAt} zone={ZONE} how="seconds" />
        </span>
      </p>
    </div>
  )
}

function tookWords({ createdAt, deliveredAt }: Delivery): string {
  const tookMs = deliveredAt ? Date.parse(deliveredAt) - Date.parse(createdAt) : 0
  return tookMs < 1_000 ? "within a second" : `after ${Math.round(tookMs / 1_000)} s`
}
