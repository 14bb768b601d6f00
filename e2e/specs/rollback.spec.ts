import { publishCountdown } from "../fixtures/countdown"
import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "serial" })

test("1.2.0 breaches under load, counts down and rolls back by itself", async ({ browser, team, running }) => {
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.2.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  const before = await team.host()
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("rollback-countdown")).toBeVisible({ timeout: 120_000 })
  await expect(ops.getByTestId("release-status")).toContainText(/rolled back/i, { timeout: 90_000 })
  await expect(ops.getByTestId("rollback-stopwatch")).toBeVisible()
  await expect(ops.getByTestId("environment-lock")).toBeVisible()
  await keepScreen(ops, "live-rolled-back")
  const host = await team.host()
  expect(host.live?.version).toBe(before.live?.version)
  expect(host.switches.length, "one switch there, one back").toBe(before.switches.length + 2)
  const { release, environment } = await api.snapshot(id)
  expect(release.rollback?.status).toBe("done")
  expect(release.rollback?.stopwatchMs).toBeGreaterThan(0)
  expect(environment.lock?.reason).toContain("POSTD 1.2.0")
  expect(environment.active).toBeNull()

  // What follows is work with owners; what proves itself needs nobody.
  await ops.getByRole("navigation", { name: "Release" }).getByRole("link", { name: "Rollback" }).click()
  await expect(ops.getByRole("checkbox", { name: "Verify previous version is stable" })).toBeChecked()
  const cause = ops.getByTestId("followup-post-rollback:investigate")
  await cause.getByLabel("Owner").selectOption({ label: "Olga Ops" })
  await cause.getByRole("checkbox").click()
  await expect(cause.getByText(/^Olga Ops,/)).toBeVisible()
  await expect(ops.getByRole("checkbox", { name: "Monitor error rates for 30 minutes" })).toBeChecked({
    timeout: 60_000,
  })
  await expect(ops.getByTestId("rollback-watch")).toContainText(/was watched/)
  await ops.reload()
  await expect(cause.getByRole("checkbox")).toBeChecked()
  await keepScreen(ops, "after-rollback")

  const next = await team.readyRelease("1.1.0")
  const refused = await api.post(`/releases/${next}/deploy`)
  expect(refused.status()).toBe(409)
  expect((await refused.json()).blockers).toEqual([expect.objectContaining({ code: "environment_locked" })])
})

test("the countdown is stopped with a reason, then ops rolls back by hand", async ({ browser, team, running }) => {
  await team.settle()
  const api = await team.as("devops")
  // Time for a person to read the dialog and write a reason, however busy the machine is.
  await publishCountdown(running, 60)
  const before = await team.liveVersion()
  const id = await team.readyRelease("1.2.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("rollback-countdown")).toBeVisible({ timeout: 120_000 })
  await keepScreen(ops, "live-countdown")
  await ops
    .getByRole("button", { name: /stop the countdown/i })
    .first()
    .click()
  const dialog = ops.getByRole("dialog")
  await dialog.getByRole("textbox").fill("We want to look first")
  await dialog.getByRole("button", { name: /stop the countdown/i }).click()
  // The triggers stay armed: on a bad day the next one begins another countdown at once.
  const stopped = async () => {
    const { events } = (await (await api.get(`/releases/${id}/events?limit=1000`)).json()) as {
      events: { type: string }[]
    }
    return events.some(({ type }) => type === "rollback.countdown_stopped")
  }
  await expect.poll(stopped).toBe(true)
  expect(await team.liveVersion()).toBe("1.2.0")

  await ops
    .getByRole("button", { name: /^roll back/i })
    .first()
    .click()
  const byHand = ops.getByRole("dialog")
  await byHand.getByLabel("Reason").fill("Users report errors")
  await byHand.getByRole("button", { name: "Roll back now" }).click()
  await expect(ops.getByTestId("release-status")).toContainText(/rolled back/i, { timeout: 90_000 })
  expect(await team.liveVersion()).toBe(before)
  await team.settle()
})
