import { afterAll, beforeAll, expect, test } from "vitest"
import type { ReleaseState } from "@/lib/domain/release/state"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { unlockEnvironment } from "@/lib/server/environment/unlock-environment"
import { closeRelease } from "@/lib/server/releases/close-release"
import { startRollback } from "@/lib/server/rollback/start-rollback"
import { acceptVerification, endWatch, extendWatch } from "@/lib/server/verification/steer-watch"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World
beforeAll(async () => {
  world = await startWorld({
    queue: "postgres",
    // A watch of 15 s: time for people to change their minds.
    environment: (config) => ({
      ...config,
      timeScale: 0.01,
      // So seldom that a watch which is ended at once cannot have seen enough, however slow the machine is.
      probe: { ...config.probe, intervalMs: 20_000 },
    }),
  })
  await world.startWorker()
}, 120_000)
afterAll(() => world?.close())

const isWatched = ({ verification }: ReleaseState) => verification?.watchEndsAt != null
const hasVerdict = ({ verification }: ReleaseState) => verification?.verdict != null

async function watched(version = "1.1.0"): Promise<{ id: string; state: ReleaseState }> {
  const id = await world.readyRelease(version)
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  return { id, state: await world.until(id, "it is watched", isWatched, 120_000) }
}

/** Back to where the next test begins. */
async function goBack(id: string): Promise<void> {
  expectDone(await startRollback(await world.as("ops"), id, { reason: "Next exercise" }))
  await world.until(id, "it is rolled back", ({ status }) => status === "rolled_back", 60_000)
  const where = { service: "postd", environment: "production" }
  expectDone(await unlockEnvironment(await world.as("devops"), where, { reason: "Next exercise" }))
  expectDone(await closeRelease(await world.as("lead"), id, { note: "Exercise" }))
}

test("people make the watch longer and end it; too little is no pass, is watched again, and taken as it is", async () => {
  const { id, state } = await watched()
  const ops = await world.as("ops")
  const before = Date.parse(state.verification?.watchEndsAt ?? "")
  for (const [body, field] of [
    [{ minutes: 0, reason: "x" }, "minutes"],
    [{ minutes: 5 }, "reason"],
    [{ minutes: 5, reason: " " }, "reason"],
  ] as const) {
    expect(await extendWatch(ops, id, body)).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
  }
  const longer = expectDone(await extendWatch(ops, id, { minutes: 100, reason: "Not sure" })).release
  expect(Date.parse(longer.verification?.watchEndsAt ?? "")).toBe(before + 60_000)
  expect(await acceptVerification(ops, id, { reason: "Fine" })).toMatchObject({
    ok: false,
    refusal: { code: "conflict" },
  })
  expectDone(await endWatch(ops, id, { reason: "Looks fine" }))
  const ended = await world.until(id, "there is a verdict", hasVerdict, 20_000)
  // The watch had just begun: there cannot be enough of it.
  expect(ended.verification?.reasons.join(" ")).toContain("Ended early by")
  expect(ended).toMatchObject({ status: "verifying", verification: { verdict: "inconclusive" } })
  const refused = await endWatch(ops, id, { reason: "Again" })
  expect(refused).toMatchObject({ ok: false, refusal: { code: "conflict" } })

  expectDone(await extendWatch(ops, id, { minutes: 3, reason: "Once more" }))
  const again = await world.until(
    id,
    "it is watched anew",
    (now) => now.verification?.runId !== ended.verification?.runId && isWatched(now),
    20_000,
  )
  expect(again.verification).toMatchObject({ verdict: null })
  expectDone(await endWatch(ops, id, { reason: "Enough" }))
  await world.until(id, "there is a verdict again", hasVerdict, 20_000)
  const accepted = expectDone(await acceptVerification(ops, id, { reason: "We looked ourselves" })).release
  expect(accepted).toMatchObject({ status: "watching", verification: { accepted: { reason: "We looked ourselves" } } })
  expect(Object.values(accepted.triggers).every(({ armed }) => armed)).toBe(true)
  await goBack(id)
}, 240_000)
