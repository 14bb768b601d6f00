import { readFile } from "node:fs/promises"
import type { Browser, Page } from "@playwright/test"
import type { ReleaseState } from "@/lib/domain/release/state"
import { publishCountdown } from "../fixtures/countdown"
import { keepScreen, openPage } from "../fixtures/pages"
import { sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "serial" })

test("1.2.0 breaches under load, counts down and rolls back by itself", async ({ browser, team, running }) => {
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.2.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  const before = await team.host()
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("rollback-countdown").or(ops.getByTestId("rollback-stopwatch"))).toBeVisible({
    timeout: 120_000,
  })
  const phone = await acknowledgeOnPhone(browser, running.baseUrl, id)
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

  await resolveAndReport(phone, id, (await api.snapshot(id)).release)

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

/** The breach made an incident by itself; whoever is on call says on a phone that they have it. */
async function acknowledgeOnPhone(browser: Browser, baseUrl: string, id: string): Promise<Page> {
  const context = await sharedContextFor(browser, baseUrl, "ops", { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(`/releases/${id}/incident`)
  const incident = page.getByTestId("incident")
  await expect(incident).toHaveAttribute("data-status", "open")
  await expect(page.getByTestId("escalation")).toContainText("on-call")
  await page.getByRole("button", { name: "Acknowledge", exact: false }).first().click()
  // How long an acknowledgement holds is short here, too: that there was one is on record.
  const acknowledgedAt = async () => {
    const { release } = await (await page.request.get(`/api/v1/releases/${id}`)).json()
    return Object.values((release as ReleaseState).incidents)[0]?.firstAcknowledgedAt ?? ""
  }
  await expect.poll(acknowledgedAt).toMatch(/^\d{4}-\d\d-\d\dT/)
  await keepScreen(page, "incident-acknowledged-phone")
  return page
}

/** It is over, and its report has the times that the record has. */
async function resolveAndReport(page: Page, id: string, release: ReleaseState): Promise<void> {
  const dialog = page.getByRole("dialog")
  // Time is short here: what was acknowledged seconds ago may have to be acknowledged again before it is resolved.
  await expect(async () => {
    await page.keyboard.press("a")
    await expect(dialog).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 60_000 })
  await dialog.getByLabel("How", { exact: true }).selectOption({ label: "Rolled back" })
  await dialog.getByLabel("In a sentence").fill("1.0.0 is live again")
  await dialog.getByRole("button", { name: "Resolve" }).click()
  await expect(page.getByTestId("incident")).toHaveAttribute("data-status", "resolved")

  const [incident] = Object.values(release.incidents)
  await page.goto(`/releases/${id}/report`)
  await page.getByLabel("Of", { exact: true }).selectOption({ index: 1 })
  const sheet = page.getByTestId("report")
  for (const at of [incident?.startedAt, incident?.firstAcknowledgedAt, release.rollback?.verifiedAt]) {
    await expect(sheet).toContainText(at?.slice(11, 19) ?? "no time")
  }
  await expect(sheet).toContainText("Olga Ops")
  await keepScreen(page, "incident-report-phone")
  await page.getByRole("button", { name: "Download" }).click()
  const coming = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "PDF" }).click()
  const pdf = await readFile(await (await coming).path())
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
  await page.context().close()
}
