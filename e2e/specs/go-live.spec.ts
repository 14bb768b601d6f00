import type { Browser, Page } from "@playwright/test"
import { seedPassword } from "../fixtures/console"
import { contextFor, type PersonKey } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "serial" })

test("a release goes live: checks, ticks, four signatures, maintenance, 1.1.0, verified; ops sees it all", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(240_000)
  await team.settle()
  const api = await team.as("lead")
  const id = await api.create("1.1.0")
  const ops = await open(browser, running.baseUrl, "ops", `/releases/${id}/timeline`)
  await expect(ops.getByTestId("release-status")).toContainText(/preparing/i)
  await markDocument(ops)

  const lead = await open(browser, running.baseUrl, "lead", `/releases/${id}/checklist`)
  const { release, playbook } = await api.snapshot(id)
  const provable = Object.values(release.items).find((item) => item.check?.kind === "http")
  if (!provable) throw new Error("no item is bound to an http check")
  const provableRow = lead.getByTestId(`item-${provable.key}`)
  await provableRow.scrollIntoViewIfNeeded()
  await provableRow.getByRole("button", { name: /prove/i }).click()
  await expect(provableRow).toHaveAttribute("data-status", "passed", { timeout: 30_000 })

  const byHand = Object.values(release.items).find((item) => !item.check)
  if (!byHand) throw new Error("no item is proved by hand")
  const handRow = lead.getByTestId(`item-${byHand.key}`)
  await handRow.getByRole("checkbox").click()
  await expect(handRow).toHaveAttribute("data-status", "passed")
  await expect(ops.getByText(byHand.title).first()).toBeVisible()

  await api.tickAll(id)
  await expect(lead.getByTestId("gate-verdict")).toContainText(/4/)

  for (const [role, person] of [
    ["tech_lead", "lead"],
    ["devops", "devops"],
    ["product", "product"],
    ["security", "security"],
  ] as const) {
    const page = await open(browser, running.baseUrl, person, `/releases/${id}/signoffs`)
    const card = page.getByTestId(`signoff-${role}`)
    for (const box of await card.getByRole("checkbox").all()) await box.click()
    await card.getByLabel(/password/i).fill(seedPassword)
    await card.getByRole("button", { name: /^sign/i }).click()
    await expect(card).toHaveAttribute("data-status", "signed")
    await page.context().close()
  }
  await expect(ops.getByTestId("gate-verdict")).toContainText(/go/i)

  const devops = await open(browser, running.baseUrl, "devops", `/releases/${id}/deploy`)
  const users = watchUsers(running.serviceUrl)
  await start(devops)
  await expect(ops.getByTestId("release-status")).toContainText(/deploying/i)
  await expect(devops.getByTestId("step-deploy-build")).toHaveAttribute("data-status", /running|passed/, {
    timeout: 60_000,
  })
  await keep(devops, "live-deploying")
  await expect(devops.getByTestId("live-version").first()).toContainText("1.1.0", { timeout: 90_000 })
  await expect(ops.getByTestId("release-status")).toContainText(/watching/i, { timeout: 90_000 })
  const seen = await users.stop()

  expect(seen.refused, "no connection was refused").toBe(0)
  expect(seen.maintenance, "users saw the maintenance page").toBeGreaterThan(0)
  expect(seen.otherErrors, "users saw no other error").toEqual([])
  expect(seen.maintenanceBody).toContain("maintenance")
  expect((await team.host()).live?.version).toBe("1.1.0")
  expect(await stillSameDocument(ops), "ops never reloaded").toBe(true)

  await devops.goto(`/releases/${id}/verify`)
  await expect(devops.getByTestId("watch-verdict")).toContainText(/pass/i)
  await keep(devops, "live-verified")
  const { events } = await (await api.get(`/releases/${id}/events?limit=1000`)).json()
  expect(events.map((e: { seq: number }) => e.seq)).toEqual(events.map((_: unknown, i: number) => i + 1))
  expect(playbook.phases.length).toBe(4)
  expect((await api.post(`/releases/${id}/close`, { note: "Done" })).status()).toBe(200)
})

test("1.2.0 breaches under load, counts down and rolls back by itself", async ({ browser, team, running }) => {
  test.setTimeout(240_000)
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.2.0")
  const ops = await open(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  const before = (await team.host()).switches.length
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("rollback-countdown")).toBeVisible({ timeout: 120_000 })
  await keep(ops, "live-countdown")
  await expect(ops.getByTestId("release-status")).toContainText(/rolled back/i, { timeout: 90_000 })
  await expect(ops.getByTestId("rollback-stopwatch")).toBeVisible()
  await expect(ops.getByTestId("environment-lock")).toBeVisible()
  await keep(ops, "live-rolled-back")
  const host = await team.host()
  expect(host.live?.version).toBe("1.1.0")
  expect(host.switches.length, "one switch there, one back").toBe(before + 2)
  const { release, environment } = await api.snapshot(id)
  expect(release.rollback?.status).toBe("done")
  expect(release.rollback?.stopwatchMs).toBeGreaterThan(0)
  expect(environment.lock?.reason).toContain("POSTD 1.2.0")
  expect(environment.active).toBeNull()

  const next = await team.readyRelease("1.1.0")
  const refused = await api.post(`/releases/${next}/deploy`)
  expect(refused.status()).toBe(409)
  expect((await refused.json()).blockers).toEqual([expect.objectContaining({ code: "environment_locked" })])
})

test("the countdown is stopped with a reason, then ops rolls back by hand", async ({ browser, team, running }) => {
  test.setTimeout(240_000)
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.2.0")
  const ops = await open(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("rollback-countdown")).toBeVisible({ timeout: 120_000 })
  await ops
    .getByRole("button", { name: /stop the countdown/i })
    .first()
    .click()
  const dialog = ops.getByRole("dialog")
  await dialog.getByRole("textbox").fill("We want to look first")
  await dialog.getByRole("button", { name: /stop the countdown/i }).click()
  await expect.poll(async () => (await api.snapshot(id)).release.rollback?.status).toBe("stopped")
  expect((await team.host()).live?.version).toBe("1.2.0")

  await ops
    .getByRole("button", { name: /^roll back/i })
    .first()
    .click()
  const byHand = ops.getByRole("dialog")
  await byHand.getByLabel("Reason").fill("Users report errors")
  await byHand.getByRole("button", { name: "Roll back now" }).click()
  await expect(ops.getByTestId("release-status")).toContainText(/rolled back/i, { timeout: 90_000 })
  expect((await team.host()).live?.version).toBe("1.1.0")
  await team.settle()
})

async function open(browser: Browser, baseUrl: string, person: PersonKey, path: string): Promise<Page> {
  const context = await contextFor(browser, baseUrl, person, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(path)
  return page
}

async function start(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /start deploy/i })
    .first()
    .click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("textbox").fill("production")
  await dialog.getByRole("button", { name: /start/i }).click()
}

/** Screenshots are for people to look at; nothing is compared. */
async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png` })
}

async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset.sameDocument = "yes"
  })
}

function stillSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.sameDocument === "yes")
}

/** Opens the front page again and again, as users do, and notes what they saw. */
function watchUsers(serviceUrl: string) {
  let going = true
  const seen = { answered: 0, refused: 0, maintenance: 0, maintenanceBody: "", otherErrors: [] as string[] }
  const loop = (async () => {
    while (going) {
      try {
        const answer = await fetch(serviceUrl, { signal: AbortSignal.timeout(5_000) })
        const body = await answer.text()
        seen.answered += 1
        if (answer.status === 503) {
          seen.maintenance += 1
          seen.maintenanceBody = body
        } else if (!answer.ok) seen.otherErrors.push(`${answer.status} ${body.slice(0, 80)}`)
      } catch (error) {
        seen.refused += 1
        seen.otherErrors.push(String(error))
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  })()
  return {
    async stop() {
      going = false
      await loop
      return seen
    },
  }
}
