"use client"
import { useQuery } from "@tanstack/react-query"
import { useRelease, useReleaseConnection, useSnapshot } from "@/lib/client/release-context"
import { signingQuery } from "@/lib/client/signing-query"
import { useNow } from "@/lib/client/use-now"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { refusalToSign } from "@/lib/domain/signoff/refusal-to-sign"
import { signoffsInOrder } from "@/lib/domain/signoff/turn"
import type { PersonRef } from "@/lib/domain/timeline/actor"

export interface MySigning {
  role: SignoffRole
  /** Why I may not sign for it now; null: I may. */
  whyNot: string | null
  /** For whom I could, as a stand-in; empty where I hold the role. */
  holders: PersonRef[]
}

/** All roles as they are to me: those that wait for me first, then in the playbook's order. */
export function useMySigning(): MySigning[] {
  const release = useRelease()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { releaseId } = useReleaseConnection()
  const { data } = useQuery(signingQuery(releaseId))
  const nowMs = useNow(5_000)
  const standIns = data?.standIns ?? []
  const mine = signoffsInOrder(release).map(({ role, items }): MySigning => {
    const wish = { role, items: items.map(({ key }) => key), roles: me.roles, standIns, changedSince: null, nowMs }
    const refusal = refusalToSign(release, wish, { type: "person", id: me.id, name: me.name, role })
    const named = me.roles.includes(role) ? [] : standIns.filter((one) => one.role === role).map((one) => one.for)
    return { role, whyNot: refusal?.message ?? null, holders: named }
  })
  return [...mine.filter(({ whyNot }) => whyNot === null), ...mine.filter(({ whyNot }) => whyNot !== null)]
}
