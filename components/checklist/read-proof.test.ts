import { expect, test } from "vitest"
import type { ReleaseState, RunState } from "@/lib/domain/release/state"
import { proofCounts, readProof } from "./read-proof"

const run = (id: string, status: RunState["status"], endedAt: string | null): RunState => ({
  id,
  kind: "check",
  status,
  itemKey: id,
  by: "Tess",
  queuedAt: "2026-11-24T12:00:00.000Z",
  notBefore: null,
  startedAt: "2026-11-24T12:00:01.000Z",
  finishedAt: endedAt,
  claims: 1,
  steps: [],
  abort: null,
  pause: null,
  pausedMs: 0,
  outcome: null,
})

function proving(runs: RunState[]): Pick<ReleaseState, "proof" | "runs"> {
  const runIds = Object.fromEntries(runs.map(({ id }) => [id, id]))
  return {
    proof: { id: "p", runIds, startedAt: "2026-11-24T12:00:00.000Z", by: "Tess" },
    runs: Object.fromEntries(runs.map((one) => [one.id, one])),
  }
}

test("tells which items failed, which are in trouble and which are still running", () => {
  const reading = readProof(
    proving([
      run("a", "passed", "2026-11-24T12:00:02.000Z"),
      run("b", "failed", "2026-11-24T12:00:05.000Z"),
      run("c", "aborted", "2026-11-24T12:00:03.000Z"),
      run("d", "running", null),
    ]),
  )
  expect(reading).toMatchObject({
    failedKeys: ["b"],
    troubledKeys: ["c"],
    open: ["d"],
    finishedAt: null,
    slowest: { itemKey: "b", tookMs: 4_000 },
  })
  expect(reading && proofCounts(reading)).toEqual(["1 passed", "1 failed", "1 in trouble"])
})

test("says in two words that everything passed, and nothing where nothing was proved", () => {
  const at = "2026-11-24T12:00:02.000Z"
  const reading = readProof(proving([run("a", "passed", at), run("b", "passed", at)]))
  expect(reading && proofCounts(reading)).toEqual(["all passed"])
  expect(readProof({ proof: null, runs: {} })).toBeNull()
})
