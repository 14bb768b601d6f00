import { expect, test } from "vitest"
import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import { environment, START, Timeline, worker } from "@/lib/domain/release/release.fixture"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { foldIntoSnapshot, keepNewer } from "./release-query"

/** As much of a snapshot as is looked at here. */
function snapshotOf(timeline: Timeline, lock: ReleaseSnapshot["environment"]["lock"] = null): ReleaseSnapshot {
  const place = { baseUrl: "http://127.0.0.1", strategy: "local", maintenanceProvider: "none" }
  const known = { release: timeline.state, environment: { ...environment({ lock }), ...place } }
  return known as ReleaseSnapshot
}

function lockedEvent(timeline: Timeline): AnyTimelineEvent {
  timeline.append([{ type: "environment.locked", actor: worker(), data: { reason: "Rolled back" } }])
  const event = timeline.events.at(-1)
  if (!event) throw new Error("nothing was appended")
  return event
}

test("an answer that was read before the lock does not take back the lock that the stream has brought", () => {
  const timeline = new Timeline()
  const asked = snapshotOf(timeline)
  const slow = snapshotOf(timeline)
  const known = foldIntoSnapshot(asked, lockedEvent(timeline))
  const kept = keepNewer(known, slow, asked)
  expect(kept.release.lastSeq).toBe(known.release.lastSeq)
  expect(kept.environment.lock?.reason).toBe("Rolled back")
})

test("what the stream says of the environment alone, while the question is under way, is kept too", () => {
  const timeline = new Timeline()
  const lock = { reason: "Rolled back", byName: "Golive", at: START, releaseId: "another" }
  const asked = snapshotOf(timeline, lock)
  const known = { ...asked, environment: { ...asked.environment, lock: null } }
  expect(keepNewer(known, snapshotOf(timeline, lock), asked).environment.lock).toBeNull()
})

test("without anything from the stream, the answer holds", () => {
  const timeline = new Timeline()
  const asked = snapshotOf(timeline)
  lockedEvent(timeline)
  const fresh = snapshotOf(timeline, { reason: "Rolled back", byName: "Golive", at: START, releaseId: "r" })
  expect(keepNewer(asked, fresh, asked)).toEqual(fresh)
  expect(keepNewer(undefined, fresh)).toBe(fresh)
})
