import { afterAll, beforeAll, expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { signIn } from "@/lib/server/people/sign-in"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { acceptInvitation } from "./accept-invitation"
import { invite } from "./invite"
import { listInvitations } from "./list-invitations"
import { renewInvitation } from "./renew-invitation"
import { revokeInvitation } from "./revoke-invitation"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

const password = "violet marmot under glass 7"
async function invited(email: string) {
  const grants = [{ role: "devops", service: world.service.key }]
  const answer = await invite(world.ctx("admin"), { email, name: "New Person", grants })
  if (!answer.ok) throw new Error(answer.refusal.message)
  const token = new URL(answer.value.link).hash.slice(1)
  return { id: answer.value.invitation.id, token, link: answer.value.link }
}
const accept = (token: string, more = {}) =>
  acceptInvitation(world.nobody, { token, name: "Nora New", password, ...more })

test("an invitation is accepted once, with its roles; its secret is kept nowhere", async () => {
  const { id, token, link } = await invited("Nora@example.test")
  expect(new URL(link).pathname).toBe("/invite/accept")
  expect(await accept(token, { password: "password1234" })).toMatchObject({ refusal: { field: "password" } })
  const both = await Promise.all([accept(token), accept(token)])
  expect(both.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await accept(token)).toMatchObject({ refusal: { code: "not_found" } })
  const person = await prisma.user.findUniqueOrThrow({
    where: { email: "nora@example.test" },
    include: { roles: true },
  })
  expect(person.roles).toMatchObject([{ role: "devops", serviceId: world.service.id }])
  expect((await signIn({ email: "nora@example.test", password, address: null })).ok).toBe(true)
  expect(await revokeInvitation(world.ctx("admin"), id)).toMatchObject({ refusal: { code: "conflict" } })
  const kept = JSON.stringify([await prisma.invitation.findMany(), await prisma.securityEvent.findMany()])
  expect(kept).not.toContain(token)
})

test("taken back, renewed, expired", async () => {
  const { id, token } = await invited("oli@example.test")
  expect(await revokeInvitation(world.ctx("admin"), id)).toMatchObject({ value: { invitation: { status: "revoked" } } })
  expect(await accept(token)).toMatchObject({ refusal: { code: "not_found" } })
  const renewed = await renewInvitation(world.ctx("admin"), id, undefined)
  if (!renewed.ok) throw new Error(renewed.refusal.message)
  expect(await accept(token)).toMatchObject({ refusal: { code: "not_found" } })
  await prisma.invitation.update({ where: { id }, data: { expiresAt: new Date(0) } })
  const next = new URL(renewed.value.link).hash.slice(1)
  expect(await accept(next)).toMatchObject({ refusal: { code: "not_found" } })
  const listed = await listInvitations(world.ctx("admin"))
  expect(listed.ok && listed.value.invitations.find((one) => one.id === id)?.status).toBe("expired")
})

test("an address that is here already is refused, with whose it is; so is a service that is not there", async () => {
  const email = world.ctx("ops").person?.email ?? ""
  const grants = [{ role: "ops", service: null }]
  const refusal = { code: "conflict", field: "email", message: expect.stringContaining("Person ops") }
  expect(await invite(world.ctx("admin"), { email, name: "Ops", grants })).toMatchObject({ refusal })
  const elsewhere = [{ role: "ops", service: "nowhere" }]
  expect(await invite(world.ctx("admin"), { email: "p@example.test", name: "P", grants: elsewhere })).toMatchObject({
    refusal: { code: "invalid", field: "grants.0.service" },
  })
})

test("inviting again ends the earlier link; guessing is limited", async () => {
  const first = await invited("pia@example.test")
  const second = await invited("pia@example.test")
  expect(await accept(first.token)).toMatchObject({ refusal: { code: "not_found" } })
  expect(await accept(second.token)).toMatchObject({ ok: true })
  const guess = () =>
    acceptInvitation({ ...world.nobody, address: "203.0.113.9" }, { token: "x".repeat(43), name: "X", password })
  const answers = await Promise.all(Array.from({ length: 24 }, guess))
  expect(answers.filter((answer) => !answer.ok && answer.refusal.code === "rate_limited")).toHaveLength(4)
})
