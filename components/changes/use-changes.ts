"use client"
import { useQuery } from "@tanstack/react-query"
import { changesQuery } from "@/lib/client/changes-query"
import { useRelease } from "@/lib/client/release-context"

export function useChanges() {
  const id = useRelease((release) => release.id)
  const liveId = useRelease((release) => release.previous?.deploymentId ?? null)
  return useQuery(changesQuery(id, liveId))
}
