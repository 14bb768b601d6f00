import ICAL from "ical.js"
import { expectAccessible } from "../fixtures/axe"
import { contextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test("a rota is made, somebody takes over for tonight, and page and feed say the same", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(180_000)
  const context = await contextFor(browser, running.baseUrl, "ops", { timezoneId: "Europe/Berlin" })
  const page = await context.newPage()
  await page.goto("/oncall")
  await expect(page.getByTestId("rota-on-call").getByTestId("now")).toHaveText(/Devon Ops|Olga Ops|Tess Lead/)

  await page.getByRole("button", { name: "New rota" }).click()
  const form = page.getByTestId("rota-form")
  await form.getByLabel("Name").fill("Night watch")
  await expect(form.getByLabel("What playbooks call it")).toHaveValue("night-watch")
  await form.getByLabel("By the clock of").fill("America/New_York")
  await form.getByLabel("Who begins").selectOption({ label: "Devon Ops" })
  await form.getByLabel("Then").selectOption({ label: "Tess Lead" })
  await form.getByLabel("First shift from").fill("2026-01-05T09:00")
  await form.getByLabel("Unit").selectOption("days")
  await expect(form.getByTestId("next-shifts").getByRole("listitem")).toHaveCount(8)
  await form.getByRole("button", { name: "Tess Lead earlier" }).click()
  await expect(form.getByRole("list", { name: "People in turn" }).getByRole("listitem").first()).toContainText(
    "Tess Lead",
  )
  await form.getByRole("button", { name: "Add a layer for some hours" }).click()
  await expect(form.getByText("needs somebody")).toBeVisible()
  await expect(form.getByRole("button", { name: "Make rota" })).toBeDisabled()
  await expectAccessible(page, "the form")
  await form.getByRole("button", { name: "Remove layer 2" }).click()
  await form.getByRole("button", { name: "Make rota" }).click()

  const card = page.getByTestId("rota-night-watch")
  await expect(card.getByTestId("now")).toHaveText(/Devon Ops|Tess Lead/)
  await expect(card).toContainText("New York")
  await expect(page.getByTestId("shift-weeks")).toContainText("Night watch")

  // By the keyboard alone: the first choice, then the confirmation.
  await card.getByRole("button", { name: "Take over: Night watch" }).focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "Take over: Night watch" })
  await expect(dialog.getByLabel("Who")).toHaveValue(/.+/)
  await expect(dialog.getByLabel("Who").locator("option:checked")).toHaveText("Olga Ops (you)")
  await dialog.getByRole("button", { name: /18:00 to 09:00|until 09:00/ }).focus()
  await page.keyboard.press("Enter")
  await expect(dialog.getByTestId("take-over-preview")).toContainText("You are on call")
  await expectAccessible(page, "the confirmation")
  await dialog.getByRole("button", { name: "I take over" }).focus()
  await page.keyboard.press("Enter")
  await expect(card.getByTestId("overrides")).toContainText("Olga Ops")

  await card.getByRole("button", { name: "Calendar feed of Night watch" }).click()
  await page.getByRole("button", { name: "Make an address" }).click()
  const address = (await page.getByTestId("feed-address").textContent())?.trim() ?? ""
  await page.keyboard.press("Escape")
  await page.screenshot({ path: "test-results/screens/oncall.png", fullPage: true })
  const shown = await page
    .getByTestId("shift-weeks")
    .getByText(/^Olga Ops, taken over, /)
    .first()
    .textContent()
  const stranger = await browser.newContext()
  const feed = await stranger.request.get(address)
  expect(feed.headers()["content-type"]).toContain("text/calendar")
  const events = new ICAL.Component(ICAL.parse(await feed.text()))
    .getAllSubcomponents("vevent")
    .map((each) => new ICAL.Event(each))
  const [override] = events.filter(({ summary }) => summary === "Olga Ops: Night watch")
  if (!override) throw new Error("the feed does not say who took over")
  const wall = (time: ICAL.Time) =>
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: "America/New_York", weekday: "short", day: "numeric", month: "short" },
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    }).format(time.toJSDate())
  expect(shown).toBe(`Olga Ops, taken over, ${wall(override.startDate)} to ${wall(override.endDate)}`)

  await page.setViewportSize({ width: 360, height: 800 })
  await expect(page.getByTestId("shift-list")).toContainText("Olga Ops, taken over")
  const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(overflows, "scrolls sideways at 360 px").toBe(false)
  await expectAccessible(page, "the list")
  await page.setViewportSize({ width: 1280, height: 800 })
  await card.getByRole("button", { name: "Cancel: Olga Ops takes over" }).click()
  await expect(card.getByTestId("overrides")).toHaveCount(0)
  await card.getByRole("button", { name: "Change Night watch" }).click()
  await page.getByLabel("Remove this rota").fill("night-watch")
  await page.getByRole("button", { name: "Remove", exact: true }).click()
  await expect(card).toHaveCount(0)
  expect((await stranger.request.get(address)).status()).toBe(404)

  const viewer = await (await team.as("viewer")).post("/oncall/rotas", {})
  expect(viewer.status()).toBe(403)
  await stranger.close()
  await context.close()
})
