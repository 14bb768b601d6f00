import type { Page } from "@playwright/test"
import { seedPassword } from "../fixtures/console"
import { isSameDocument, keepScreen, markDocument, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test("a release goes live: checks, ticks, four signatures, maintenance, 1.1.0, verified; ops sees it all", async ({
  browser,
  team,
  running,
}) => {
  await team.settle()
  const api = await team.as("lead")
  const id = await api.create("1.1.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/timeline`)
  await expect(ops.getByTestId("release-status")).toContainText(/preparing/i)
  await markDocument(ops)

  const lead = await openPage(browser, running.baseUrl, "lead", `/releases/${id}/checklist`)
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
    const page = await openPage(browser, running.baseUrl, person, `/releases/${id}/signoffs`)
    const card = page.getByTestId(`signoff-${role}`)
    for (const box of await card.getByRole("checkbox").all()) await box.click()
    await card.getByLabel(/password/i).fill(seedPassword)
    await card.getByRole("button", { name: /^sign/i }).click()
    await expect(card).toHaveAttribute("data-status", "signed")
    await page.context().close()
  }
  await expect(ops.getByTestId("gate-verdict")).toContainText(/go/i)

  const devops = await openPage(browser, running.baseUrl, "devops", `/releases/${id}/deploy`)
  const users = watchUsers(running.serviceUrl)
  await start(devops)
  await expect(ops.getByTestId("release-status")).toContainText(/deploying/i)
  await expect(devops.getByTestId("step-deploy-build")).toHaveAttribute("data-status", /running|passed/, {
    timeout: 60_000,
  })
  await keepScreen(devops, "live-deploying")
  await expect(devops.getByTestId("live-version").first()).toContainText("1.1.0", { timeout: 90_000 })
  await expect(ops.getByTestId("release-status")).toContainText(/watching/i, { timeout: 90_000 })
  const seen = await users.stop()

  expect(seen.refused, "no connection was refused").toBe(0)
  expect(seen.maintenance, "users saw the maintenance page").toBeGreaterThan(0)
  expect(seen.otherErrors, "users saw no other error").toEqual([])
  expect(seen.maintenanceBody).toContain("maintenance")
  expect(await team.liveVersion()).toBe("1.1.0")
  expect(await isSameDocument(ops), "ops never reloaded").toBe(true)

  await devops.goto(`/releases/${id}/verify`)
  await expect(devops.getByTestId("watch-verdict")).toContainText(/pass/i)
  await keepScreen(devops, "live-verified")
  const { events } = await (await api.get(`/releases/${id}/events?limit=1000`)).json()
  expect(events.map((e: { seq: number }) => e.seq)).toEqual(events.map((_: unknown, i: number) => i + 1))
  expect(playbook.phases.length).toBe(4)
  expect((await api.post(`/releases/${id}/close`, { note: "Done" })).status()).toBe(200)
})

async function start(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /start deploy/i })
    .first()
    .click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("textbox").fill("production")
  await dialog.getByRole("button", { name: /start/i }).click()
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
