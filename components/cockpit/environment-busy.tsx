"use client"
import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { useRelease, useSnapshot } from "@/lib/client/release-context"

/** Another release holds the environment. */
export function EnvironmentBusy() {
  const active = useSnapshot((snapshot) => snapshot.environment.active)
  const { id, environment, status } = useRelease()
  if (!active || active.releaseId === id || status !== "preparing") return null
  return (
    <Notice>
      <Link href={`/releases/${active.releaseId}/deploy`} className="font-medium underline underline-offset-2">
        {active.releaseName}
      </Link>{" "}
      is being deployed to {environment.name}. This release can start after it.
    </Notice>
  )
}
