import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache, type ReactNode } from "react"
import { caller } from "@/app/caller"
import { Cockpit } from "@/components/cockpit/cockpit"
import { readSnapshot } from "@/lib/server/releases/read-snapshot"

interface Props {
  params: Promise<{ id: string }>
}

const snapshotOf = cache(async (id: string) => {
  const answer = await readSnapshot(await caller(), id)
  // Who may not see a release learns no more than that it is not there for them.
  return answer.ok ? answer.value : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const snapshot = await snapshotOf((await params).id)
  return snapshot ? { title: snapshot.release.name } : {}
}

export default async function ReleaseLayout({ params, children }: Props & { children: ReactNode }) {
  const snapshot = await snapshotOf((await params).id)
  if (!snapshot) notFound()
  return (
    <Cockpit key={snapshot.release.id} snapshot={snapshot}>
      {children}
    </Cockpit>
  )
}
