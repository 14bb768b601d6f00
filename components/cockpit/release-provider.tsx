"use client"
import { useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useEffect, useState } from "react"
import { ApiProblem, request } from "@/lib/client/api"
import { documentReceivedAtMs, notLaterThanNow, serverNowMs, syncClock } from "@/lib/client/clock"
import { EventStore } from "@/lib/client/event-store"
import { LogStore } from "@/lib/client/log-store"
import {
  ConnectionStateContext,
  type ReleaseConnection,
  ReleaseConnectionContext,
  refreshSnapshot,
} from "@/lib/client/release-context"
import { foldIntoSnapshot, keepNewer, releaseKey } from "@/lib/client/release-query"
import { type ConnectionState, openReleaseStream } from "@/lib/client/release-stream"
import { SampleStore } from "@/lib/client/sample-store"
import { RenderedAtContext } from "@/lib/client/use-now"
import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

const OLD_MS = 10_000
const REFRESH_AFTER_MS = 300
export const EVENTS_PAGE = 200

/** Holds one release live: the snapshot in the query cache, the stream folded into it, logs and samples beside it. */
export function ReleaseProvider({ snapshot, children }: { snapshot: ReleaseSnapshot; children: ReactNode }) {
  const client = useQueryClient()
  const releaseId = snapshot.release.id
  const key = releaseKey(releaseId)
  const [connection] = useState<ReleaseConnection>(() => {
    client.setQueryData<ReleaseSnapshot>(key, (known) => keepNewer(known, snapshot))
    return { releaseId, logs: new LogStore(), samples: new SampleStore(), events: new EventStore() }
  })
  const [state, setState] = useState<ConnectionState>("connecting")

  // biome-ignore lint/correctness/useExhaustiveDependencies: one stream for the life of the page, whatever renders
  useEffect(() => {
    syncClock(snapshot.serverNow, documentReceivedAtMs())
    if (serverNowMs() - Date.parse(snapshot.serverNow) > OLD_MS) void refreshSnapshot(client, releaseId).catch(() => {})

    const read = () => client.getQueryData<ReleaseSnapshot>(key)
    const lastSeq = () => read()?.release.lastSeq ?? 0
    const from = Math.max(0, lastSeq() - EVENTS_PAGE)
    request<{ events: AnyTimelineEvent[] }>("GET", `/releases/${releaseId}/events?after=${from}&limit=${EVENTS_PAGE}`)
      .then(({ events }) => connection.events.add(events))
      .catch(() => {})

    let refresh: ReturnType<typeof setTimeout>
    const close = openReleaseStream(releaseId, snapshot.cursors, {
      lastSeq,
      onEvent(event) {
        notLaterThanNow(event.at)
        client.setQueryData<ReleaseSnapshot>(key, (known) => known && foldIntoSnapshot(known, event))
        connection.events.add([event])
        // Who holds the environment is no event of this release: ask once something has ended.
        if (event.type === "run.finished") {
          clearTimeout(refresh)
          refresh = setTimeout(() => void refreshSnapshot(client, releaseId).catch(() => {}), REFRESH_AFTER_MS)
        }
      },
      async onGap() {
        await refreshSnapshot(client, releaseId).catch((error: unknown) => {
          if (error instanceof ApiProblem && error.status === 401) signInAgain()
          throw error
        })
      },
      onLogs: (lines) => connection.logs.add(lines),
      onSamples: (samples) => connection.samples.add(samples),
      onEnvironment: (facts) =>
        client.setQueryData<ReleaseSnapshot>(
          key,
          (known) => known && { ...known, environment: { ...known.environment, ...facts } },
        ),
      onState: setState,
    })
    return () => {
      clearTimeout(refresh)
      close()
    }
  }, [releaseId])

  return (
    <RenderedAtContext value={Date.parse(snapshot.serverNow)}>
      <ReleaseConnectionContext value={connection}>
        <ConnectionStateContext value={state}>{children}</ConnectionStateContext>
      </ReleaseConnectionContext>
    </RenderedAtContext>
  )
}

/** The session has ended: what is shown can no longer be kept fresh. Comes back to this page. */
function signInAgain(): void {
  const { pathname, hash } = window.location
  window.location.assign(`/signin?callbackUrl=${encodeURIComponent(pathname + hash)}`)
}
