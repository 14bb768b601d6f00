import { actorName } from "@/lib/domain/timeline/actor-name"
import type { AnyTimelineEvent, TimelineEvent } from "@/lib/domain/timeline/event"

export interface Fate {
  fate: "stands" | "void" | "withdrawn" | "declined" | "reopened" | "expired"
  fateReason: string | null
  fateAt: string | null
}
export type SignedEvent = TimelineEvent<"signoff.signed">

/**
 * What became of each signature, by its id, until `asOf`. Events in their order; others than those of sign-offs do not
 * matter. A signature that was void, withdrawn or declined stays so, whatever is signed afterwards.
 */
export function signatureFates(events: readonly AnyTimelineEvent[], asOf: string): Map<string, Fate> {
  const fates = new Map<string, Fate>()
  const standing = new Map<string, SignedEvent["data"]>()
  const end = (ids: Iterable<string>, fate: Fate) => {
    for (const id of [...ids]) {
      fates.set(id, fate)
      standing.delete(id)
    }
  }
  const ofRole = (role: string) => [...standing.values()].filter((one) => one.role === role)
  const expire = (at: string) => {
    for (const { signatureId, expiresAt } of [...standing.values()]) {
      if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(at)) {
        end([signatureId], { fate: "expired", fateReason: "its time ran out", fateAt: expiresAt })
      }
    }
  }
  for (const event of events) {
    expire(event.at)
    const { type, at, data } = event
    if (type === "signoff.signed") standing.set(data.signatureId, data)
    else if (type === "signoff.voided")
      end(ids(ofRole(data.role)), { fate: "void", fateReason: data.cause, fateAt: at })
    else if (type === "signoff.withdrawn") {
      const withdrawn = ofRole(data.role).filter(({ signatureId }) => signatureId === (data.signatureId ?? signatureId))
      end(ids(withdrawn), { fate: "withdrawn", fateReason: data.reason, fateAt: at })
    } else if (type === "signoff.declined" || type === "signoff.reopened") {
      const fate = type === "signoff.declined" ? "declined" : "reopened"
      end(ids(ofRole(data.role)), { fate, fateReason: `${actorName(event.actor)}: ${data.reason}`, fateAt: at })
    }
  }
  expire(asOf)
  for (const id of standing.keys()) fates.set(id, { fate: "stands", fateReason: null, fateAt: null })
  return fates
}

function ids(signed: readonly SignedEvent["data"][]): string[] {
  return signed.map(({ signatureId }) => signatureId)
}
