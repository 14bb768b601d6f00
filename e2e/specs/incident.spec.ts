import type { Page } from "@playwright/test"
import { keepScreen } from "../fixtures/pages"
import { sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

const PHONE = { width: 360, height: 740 }
/** Stands in everything internal; customers must never read it. */
const SECRET = "xylophone"

test("on a phone: declared, acknowledged with the thumb, worked on, customers told, and over", async ({
  browser,
  running,
  team,
}) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  expect((await lead.put("/services/postd/status-page", { on: false })).status()).toBe(403)
  expect((await (await team.as("product")).put("/services/postd/status-page", { on: true })).status()).toBe(200)

  const context = await sharedContextFor(browser, running.baseUrl, "lead", { viewport: PHONE })
  const page = await context.newPage()
  await page.goto(`/releases/${id}/checklist`)
  await page.locator("[data-connection='live']").waitFor()
  const dialog = page.getByRole("dialog")

  await page.getByRole("button", { name: "Declare an incident" }).click()
  await dialog.getByLabel("What is wrong").fill(`Uploads fail: ${SECRET}`)
  await dialog.getByRole("radio", { name: /Rollback immediately/ }).check()
  await dialog.getByRole("button", { name: "Declare" }).click()

  const incident = page.getByTestId("incident")
  await expect(incident).toHaveAttribute("data-status", "open")
  await expect(page).toHaveURL(new RegExp(`/releases/${id}/incident$`))
  await expect(page.getByTestId("escalation")).toContainText("on-call")
  const acknowledge = page.getByRole("button", { name: "Acknowledge", exact: false }).first()
  await expectUnderTheThumb(page, acknowledge)
  await keepScreen(page, "incident-open-phone")
  await acknowledge.click()
  await expect(incident).toHaveAttribute("data-status", "acknowledged")

  const stage = page.getByTestId("stage-immediate")
  await stage.getByRole("checkbox", { name: "Assess severity" }).click()
  await expect(stage).toContainText("Tess Lead")

  const commander = page.getByTestId("role-commander")
  await commander.getByRole("button", { name: "Take Commander" }).click()
  await expect(commander).toContainText("(you)")
  await commander.getByRole("button", { name: "Hand over Commander" }).click()
  await dialog.getByLabel("To", { exact: true }).selectOption({ label: "Devon Ops" })
  await dialog.getByLabel("How things stand").fill("The pool is full")
  await dialog.getByRole("button", { name: "Hand over" }).click()
  await expect(commander).toContainText("Devon Ops")

  await page.getByLabel("A note").fill(`The ${SECRET} ran out of connections`)
  await page.getByLabel("A note").press("Enter")
  await expect(page.getByTestId("incident-notes")).toContainText("ran out of connections")

  const answer = await page.request.get(`/api/v1/status/postd`)
  expect((await answer.json()).incidents, "nothing was written for customers").toEqual([])
  await page.getByRole("button", { name: "Write…" }).click()
  await dialog
    .getByRole("region", { name: "To customers" })
    .getByRole("button", { name: /We have a problem/ })
    .click()
  await expect(dialog).toContainText("/status/postd")
  const text = dialog.getByLabel("Text")
  await expect(text).toHaveValue(/POSTD/)
  await text.fill("Some uploads fail. We write again in half an hour.")
  await keepScreen(page, "incident-message-phone")
  await dialog.getByRole("button", { name: "Post to customers" }).click()
  await expect(page.getByTestId("incident-messages")).toContainText("Some uploads fail.")

  const stranger = await browser.newContext({ baseURL: running.baseUrl, viewport: PHONE })
  const outside = await stranger.newPage()
  const shown = outside.getByTestId("public-incident")
  // It may be kept on its way for as long as its header says.
  await expect(async () => {
    await outside.goto("/status/postd")
    await expect(shown).toHaveCount(1, { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await expect(shown).toContainText("We have a problem")
  await expect(shown).toContainText("Some uploads fail.")
  await expect(outside.getByTestId("public-state")).toHaveAttribute("data-state", "incident")
  await keepScreen(outside, "status-page-phone")
  for (const path of ["/status/postd", "/api/v1/status/postd", "/status/postd/feed.xml"]) {
    let body = ""
    // Each is kept for itself.
    await expect(async () => {
      const got = await stranger.request.get(path)
      expect(got.headers()["cache-control"], path).toMatch(/public.*s-maxage/)
      body = await got.text()
      expect(body, path).toContain("Some uploads fail.")
    }).toPass({ timeout: 60_000 })
    for (const internal of [SECRET, id, "1.1.0", "Devon Ops", "Tess Lead", "The pool is full"]) {
      expect(body, path).not.toContain(internal)
    }
  }
  expect(await stranger.cookies(), "nobody is followed").toEqual([])
  const unknown = await stranger.request.get("/status/no-such-service")
  expect(unknown.status()).toBe(404)

  // Time is short here: what was acknowledged seconds ago may have to be acknowledged again before it is resolved.
  await expect(async () => {
    await page.keyboard.press("a")
    await expect(dialog).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 60_000 })
  await dialog.getByLabel("How", { exact: true }).selectOption({ label: "Fixed" })
  await dialog.getByLabel("In a sentence").fill("The pool is larger now")
  await expect(dialog).toContainText("Customers have not been told yet")
  await dialog.getByRole("button", { name: "Resolve" }).click()
  await expect(incident).toHaveAttribute("data-status", "resolved")
  await expect(incident).toContainText("The pool is larger now")
  await keepScreen(page, "incident-resolved-phone")

  await page.goto("/incidents?status=resolved")
  await expect(page.getByTestId("incidents").getByRole("link", { name: `Uploads fail: ${SECRET}` })).toBeVisible()
  // Looked at again, the page asks by itself: nobody loads it.
  await expect(async () => {
    await outside.evaluate(() => document.dispatchEvent(new Event("visibilitychange")))
    const over = outside.getByTestId("public-day").getByTestId("public-incident")
    await expect(over).toContainText("Over", { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await stranger.close()
  await context.close()
})

/** At the lower edge of the screen and as wide as it, wherever one has scrolled to. */
async function expectUnderTheThumb(page: Page, button: ReturnType<Page["getByRole"]>): Promise<void> {
  for (const end of [0, 1]) {
    await page.evaluate((share) => window.scrollTo(0, share * document.body.scrollHeight), end)
    const box = await button.boundingBox()
    expect(box?.y).toBeGreaterThan(PHONE.height * 0.8)
    expect(box?.width).toBeGreaterThan(PHONE.width * 0.8)
    expect(box?.height).toBeGreaterThanOrEqual(44)
  }
}
