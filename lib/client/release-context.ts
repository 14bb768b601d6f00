"use client"
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query"
import { createContext, useCallback, useContext, useMemo, useRef, useSyncExternalStore } from "react"
import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import type { LogLine, SampleLine } from "@/lib/contracts/stream"
import type { Action } from "@/lib/domain/access/policy"
import { type GateAnswer, gate } from "@/lib/domain/gate/gate"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { EventStore } from "./event-store"
import type { LogStore } from "./log-store"
import { releaseMutations } from "./release-mutations"
import { releaseQuery } from "./release-query"
import type { ConnectionState } from "./release-stream"
import type { SampleStore } from "./sample-store"
import { useNow } from "./use-now"

export interface ReleaseConnection {
  releaseId: string
  logs: LogStore
  samples: SampleStore
  events: EventStore
}

export const ReleaseConnectionContext = createContext<ReleaseConnection | null>(null)
export const ConnectionStateContext = createContext<ConnectionState>("connecting")

export function useReleaseConnection(): ReleaseConnection {
  const connection = useContext(ReleaseConnectionContext)
  if (!connection) throw new Error("outside of a release's cockpit")
  return connection
}

export function useConnectionState(): ConnectionState {
  return useContext(ConnectionStateContext)
}

/** A part of the snapshot; re-renders when that part is another value. */
export function useSnapshot<T>(select: (snapshot: ReleaseSnapshot) => T): T {
  const { releaseId } = useReleaseConnection()
  const { data } = useQuery({ ...releaseQuery(releaseId), select, enabled: false })
  return data as T
}

const wholeRelease = (snapshot: ReleaseSnapshot): ReleaseState => snapshot.release

export function useRelease(): ReleaseState
export function useRelease<T>(select: (release: ReleaseState) => T): T
export function useRelease<T>(select?: (release: ReleaseState) => T): T | ReleaseState {
  const { releaseId } = useReleaseConnection()
  const pick = (snapshot: ReleaseSnapshot) => (select ? select(snapshot.release) : wholeRelease(snapshot))
  const { data } = useQuery({ ...releaseQuery(releaseId), select: pick, enabled: false })
  return data as T | ReleaseState
}

export function useMay(action: Action): boolean {
  return useSnapshot((snapshot) => snapshot.me.allowed.includes(action))
}

export function useReleaseMutations() {
  const { releaseId } = useReleaseConnection()
  return useMemo(() => releaseMutations(releaseId), [releaseId])
}

/** The gate as this page sees it now; the server asks the same function again when it matters. */
export function useGate(): GateAnswer {
  const release = useRelease()
  const environment = useSnapshot((snapshot) => snapshot.environment)
  const nowMs = useNow(1_000)
  const answer = gate(release, environment, nowMs)
  // The answer is a new value each second: the last one is kept while it says the same.
  const last = useRef(answer)
  if (JSON.stringify(last.current) !== JSON.stringify(answer)) last.current = answer
  return last.current
}

export function useLogs(runId: string, stepKey: string): readonly LogLine[] {
  const { logs } = useReleaseConnection()
  const read = () => logs.of(runId, stepKey)
  return useSyncExternalStore(logs.subscribe, read, read)
}

export function useSamples(metric: string): readonly SampleLine[] {
  const { samples } = useReleaseConnection()
  const read = () => samples.of(metric)
  return useSyncExternalStore(samples.subscribe, read, read)
}

export function useEvents(): readonly AnyTimelineEvent[] {
  const { events } = useReleaseConnection()
  return useSyncExternalStore(events.subscribe, events.all, events.all)
}

/** After a write: the stream tells what changed; only without it is the snapshot read again. */
export function useRefreshUnlessLive(): () => void {
  const connection = useContext(ReleaseConnectionContext)
  const state = useConnectionState()
  const client = useQueryClient()
  return useCallback(() => {
    if (connection && state !== "live") void refreshSnapshot(client, connection.releaseId)
  }, [connection, state, client])
}

export function refreshSnapshot(client: QueryClient, releaseId: string): Promise<ReleaseSnapshot> {
  return client.fetchQuery({ ...releaseQuery(releaseId), staleTime: 0 })
}
