import { afterAll, expect, test } from "vitest"
import { STATE_SHAPE } from "@/lib/domain/release/state-shape"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { consoleWorld } from "@/lib/testing/world/console-world"
import { Prisma } from "@/prisma/generated/client/client"
import { refoldStates } from "./refold-states"

afterAll(closeConsole)

test("a state that an earlier version wrote is folded anew from its events, once", async () => {
  const world = await consoleWorld()
  const [old, current] = [await world.release(), await world.release()]
  const before = await prisma.release.findUniqueOrThrow({ where: { id: old } })
  expect(before.stateShape).toBe(STATE_SHAPE)
  // As a version left it that knew neither checks under way nor who started.
  await prisma.$executeRaw(Prisma.sql`
    UPDATE "Release" SET state = state - 'startedBy' - 'schedule', "stateShape" = 1 WHERE id = ${old}::uuid`)
  expect((await verifyChain(old)).faults).toMatchObject([{ kind: "state" }])

  expect(await refoldStates()).toBe(1)
  const after = await prisma.release.findUniqueOrThrow({ where: { id: old } })
  expect(after.state).toEqual(before.state)
  expect(after).toMatchObject({ stateShape: STATE_SHAPE, lastSeq: before.lastSeq, headHash: before.headHash })
  expect((await verifyChain(old)).ok).toBe(true)
  expect((await verifyChain(current)).ok).toBe(true)
  expect(await refoldStates()).toBe(0)
})
