import { afterAll, beforeAll, expect, test } from "vitest"
import { databaseNow } from "@/lib/server/clock"
import { loadPerson } from "@/lib/server/people/load-person"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { endDelegation } from "@/lib/server/signoff/end-delegation"
import { nameStandIn } from "@/lib/server/signoff/name-stand-in"
import { remindSigners } from "@/lib/server/signoff/remind-signers"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { readWork } from "./read-work"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

async function fresh(key: PersonKey) {
  return { ...world.ctx(key), person: await loadPerson(world.ctx(key).person?.id ?? "") }
}

async function awaited(key: PersonKey, releaseId: string) {
  const { signatures } = expectDone(await readWork(await fresh(key)))
  return signatures.filter((one) => one.releaseId === releaseId)
}

test("my signature is awaited until I give it; a reminder says by whom", async () => {
  const id = await world.release()
  expect(await awaited("security", id)).toMatchObject([{ role: "security", onBehalfOf: null, reminded: null }])
  expect(await awaited("ops", id)).toEqual([])
  expectDone(await remindSigners(world.ctx("ops"), id, { roles: ["security"] }))
  expect(await awaited("security", id)).toMatchObject([{ reminded: { by: "Person ops" } }])
  const items = (await readReleaseState(id)).signoffs.security?.items.map(({ key }) => key)
  expectDone(await signRelease(world.ctx("security"), id, "security", { password: worldPassword, items }))
  expect(await awaited("security", id)).toEqual([])
})

test("a stand-in's too, with the name of whom it is for, for as long as it is", async () => {
  const id = await world.release()
  const until = new Date((await databaseNow()).getTime() + 3_600_000).toISOString()
  const wish = { service: world.service.key, role: "security", to: world.ctx("viewer").person?.id, until }
  const { delegation } = expectDone(await nameStandIn(world.ctx("security"), wish))
  expect(await awaited("viewer", id)).toMatchObject([{ role: "security", onBehalfOf: "Person security" }])
  expectDone(await endDelegation(world.ctx("security"), delegation.id, undefined))
  expect(await awaited("viewer", id)).toEqual([])
})
