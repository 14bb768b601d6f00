import type { Page } from "@playwright/test"
import { DateTime } from "luxon"
import { expectAccessible } from "../fixtures/axe"
import { offsetIntoWindow } from "../fixtures/open-window"
import { contextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

const consoleNow = () => DateTime.fromMillis(Date.now() + offsetIntoWindow(Date.now()), { zone: "America/New_York" })
const wall = (time: DateTime) => time.toFormat("yyyy-MM-dd'T'HH:mm")
const gateOf = (page: Page) => page.getByTestId("gate-verdict")

test("a freeze reaches an open cockpit; two people override it, and it stays", async ({ browser, team, running }) => {
  test.setTimeout(180_000)
  const id = await team.readyRelease("1.1.0")
  const watching = await contextFor(browser, running.baseUrl, "ops")
  const ops = await watching.newPage()
  await ops.goto(`/releases/${id}/checklist`)
  await expect(gateOf(ops)).toHaveAttribute("data-go", "true")

  const leading = await contextFor(browser, running.baseUrl, "lead", { timezoneId: "Europe/Berlin" })
  const lead = await leading.newPage()
  await lead.goto("/calendar")
  await lead.getByRole("button", { name: "New freeze" }).click()
  const form = lead.getByTestId("freeze-form")
  await form.getByLabel("Name").fill("Year end")
  await form.getByLabel("Why").fill("Nobody is there to help")
  await form.getByLabel("From").fill(wall(consoleNow().minus({ minutes: 10 })))
  await form.getByLabel("Until").fill(wall(consoleNow().plus({ hours: 30 })))
  await expect(form.getByTestId("next-turns")).toContainText("New York")
  await expect(form.getByTestId("next-turns")).toContainText("Berlin")
  await form.getByRole("button", { name: "Freeze" }).click()
  await expect(lead.getByRole("main").getByTestId("freezes")).toContainText("In force until")
  await expect(
    lead
      .getByTestId("calendar-grid")
      .getByRole("button", { name: /Frozen: .*Year end/ })
      .first(),
  ).toBeVisible()
  await lead.screenshot({ path: "test-results/screens/calendar.png", fullPage: true })

  // Nobody has reloaded it.
  await expect(gateOf(ops)).toHaveAttribute("data-go", "false")
  await gateOf(ops).click()
  await expect(ops.getByText(/Frozen until .*Year end, Nobody is there to help \(by/).first()).toBeVisible()
  await expect(ops.getByText("Your roles cannot ask for an override.")).toBeVisible()
  const refused = await (await team.as("ops")).post(`/releases/${id}/deploy`)
  expect(refused.status()).toBe(409)
  expect(await refused.text()).toContain("Frozen until")

  const asking = await contextFor(browser, running.baseUrl, "devops")
  const devops = await asking.newPage()
  await devops.goto(`/releases/${id}/checklist`)
  await gateOf(devops).click()
  await expect(devops.getByTestId("named-freezes")).toContainText("Year end")
  await devops.getByLabel("Why must it go now?").fill("Orders are lost without this fix")
  await devops.getByRole("button", { name: "Ask for an override" }).click()
  await expect(devops.getByText("A second person has to approve it.")).toBeVisible()
  await expect(devops.getByRole("button", { name: "Approve override" })).toHaveCount(0)
  await expect(gateOf(devops)).toHaveAttribute("data-go", "false")

  await lead.goto(`/releases/${id}/checklist`)
  await gateOf(lead).click()
  await expect(lead.getByTestId("named-freezes")).toContainText("Named by the override")
  await lead.screenshot({ path: "test-results/screens/override-of-a-freeze.png" })
  await lead.getByRole("button", { name: "Approve override" }).click()
  for (const page of [lead, devops, ops]) await expect(gateOf(page)).toHaveAttribute("data-go", "true")

  await lead.goto("/calendar")
  await expect(lead.getByRole("main").getByTestId("freezes")).toContainText("In force until")
  await lead.getByRole("button", { name: "End Year end" }).click()
  const dialog = lead.getByRole("dialog")
  await dialog.getByRole("textbox").fill("The exercise is over")
  await dialog.getByRole("button", { name: "End the freeze" }).click()
  await expect(lead.getByText("Nothing is frozen")).toBeVisible()
  for (const context of [watching, leading, asking]) await context.close()
})

test("a recurring freeze is put together from choices; the calendar is a list on a phone and free of axe violations", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(120_000)
  const context = await contextFor(browser, running.baseUrl, "lead", { reducedMotion: "reduce" })
  const page = await context.newPage()
  await page.goto("/calendar")
  await page.getByRole("button", { name: "New freeze" }).click()
  const form = page.getByTestId("freeze-form")
  await form.getByLabel("Name").fill("Last Friday")
  await form.getByLabel("Why").fill("Month-end closing")
  await form.getByLabel("When").selectOption("recurring")
  await form.getByLabel("The first, from").fill(wall(consoleNow().startOf("month").set({ hour: 16 })))
  await form.getByLabel("Length in hours").fill("8")
  await form.getByLabel("Again").selectOption("last")
  await expect(form.getByTestId("next-turns").getByRole("listitem")).toHaveCount(5)
  await expect(form.getByTestId("next-turns").getByRole("listitem").first()).toContainText("Fri")
  await form.getByLabel("Again").selectOption("raw")
  await form.getByLabel("Rule").fill("FREQ=SECONDLY")
  await expect(form.getByText("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")).toBeVisible()
  await form.getByLabel("Rule").fill("FREQ=MONTHLY;BYDAY=-1FR")
  await expectAccessible(page, "the dialog")
  await form.getByRole("button", { name: "Freeze" }).click()
  await expect(page.getByRole("main").getByTestId("freezes")).toContainText(
    "every month on the last Friday, 16:00 for 8 h",
  )

  // By the keyboard alone: a month on, and the freeze that is found there.
  await page.getByRole("button", { name: "Next month" }).focus()
  await page.keyboard.press("Enter")
  const cell = page.getByTestId("calendar-grid").getByRole("button", { name: /Frozen: from 16:00 Last Friday/ })
  await cell.first().focus()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog", { name: "Last Friday" })).toBeVisible()
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Week", exact: true }).click()
  await expect(page.getByTestId("calendar-grid").getByRole("row")).toHaveCount(2)
  await expectAccessible(page, "the week")

  await page.getByRole("button", { name: "Month", exact: true }).click()
  await page.setViewportSize({ width: 360, height: 800 })
  await expect(page.getByTestId("calendar-grid")).toBeHidden()
  await expect(page.getByTestId("calendar-list")).toContainText("Last Friday")
  const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(overflows, "scrolls sideways at 360 px").toBe(false)
  await expectAccessible(page, "the list")
  await page.screenshot({ path: "test-results/screens/calendar-phone.png", fullPage: true })

  const lead = await team.as("lead")
  const { freezes } = await (await lead.get("/freezes")).json()
  for (const { id } of freezes) await lead.delete(`/freezes/${id}`, { reason: "The exercise is over" })
  await context.close()
})

test("an environment's own windows take the place of the playbook's, and go again", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(120_000)
  const id = await (await team.as("lead")).create("1.1.0")
  const watching = await contextFor(browser, running.baseUrl, "ops")
  const ops = await watching.newPage()
  await ops.goto(`/releases/${id}/deploy`)
  const context = await contextFor(browser, running.baseUrl, "lead")
  const page = await context.newPage()
  await page.goto("/calendar")
  const panel = page.getByTestId("windows")
  await expect(panel).toContainText("As the playbook says")
  await panel.getByRole("button", { name: /Change the windows/ }).click()
  const form = page.getByTestId("windows-form")
  await form.getByLabel("From").fill("22:00")
  await form.getByLabel("Until").fill("24:00")
  await form.getByRole("button", { name: "Save" }).click()
  await expect(panel).toContainText("The environment’s own")
  await gateOf(ops).click()
  await expect(ops.getByText(/The deployment window is closed/).first()).toBeVisible()
  await panel.getByRole("button", { name: /Change the windows/ }).click()
  await form.getByRole("button", { name: "Use the playbook’s" }).click()
  await expect(panel).toContainText("As the playbook says")
  await expect(ops.getByText(/The deployment window is closed/)).toHaveCount(0)
  await watching.close()
  await context.close()
})
