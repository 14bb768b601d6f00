import type { Page } from "@playwright/test"
import { expectAccessible } from "../fixtures/axe"
import { seedPassword } from "../fixtures/console"
import { keepScreen } from "../fixtures/pages"
import { people, sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "parallel" })

const widths = {
  phone: { width: 360, height: 800 },
  desk: { width: 1280, height: 800 },
  wall: { width: 1920, height: 1080 },
}
const themes = ["light", "dark"] as const

const tabs = ["checklist", "signoffs", "deploy", "verify", "incident", "after", "report", "timeline"]

for (const theme of themes) {
  test(`every page is free of axe violations and fits every width, ${theme}`, async ({ browser, team, running }) => {
    const lead = await team.as("lead")
    const id = await lead.create("1.1.0")
    const declared = { title: `Pages are slow, seen in ${theme}`, severity: "low", words: "Seen by a person" }
    expect((await lead.post(`/releases/${id}/incidents`, declared)).ok()).toBe(true)
    expect((await (await team.as("product")).put("/services/postd/status-page", { on: true })).status()).toBe(200)
    const context = await sharedContextFor(browser, running.baseUrl, "lead", { colorScheme: theme })
    const page = await context.newPage()
    const noise: string[] = []
    page.on("console", (message) => message.type() === "error" && noise.push(message.text()))
    page.on("pageerror", (error) => noise.push(String(error)))

    for (const path of [
      "/",
      "/work",
      "/calendar",
      "/incidents",
      "/oncall",
      "/insights",
      "/releases/new",
      "/settings/tokens",
      "/settings/environments",
      "/settings/environments/postd/production",
      "/settings/channels",
      "/settings/people",
      "/settings/account",
      ...[...tabs, "certificate"].map((tab) => `/releases/${id}/${tab}`),
      "/status/postd",
    ]) {
      await page.goto(path)
      await page.getByRole("main").waitFor()
      if (path.startsWith(`/releases/${id}`)) await page.locator("[data-connection='live']").waitFor()
      await expect(page.locator("main [data-waiting]"), "what is loaded has come").toHaveCount(0)
      // Turned like a phone, pulled like a window: a page has to follow without being loaded again.
      for (const [name, viewport] of Object.entries(widths)) {
        await page.setViewportSize(viewport)
        await laidOut(page)
        await keepScreen(page, `${theme}-${name}-${path.split("/").at(-1) || "releases"}`)
        expect(await overflows(page), `${path} scrolls sideways at ${viewport.width} px`).toBe(false)
      }
      await expectAccessible(page, path)
    }
    expect(noise, "nothing is said on the browser's console").toEqual([])
    await context.close()
  })
}

test("the sign-in page is free of axe violations", async ({ browser, running }) => {
  for (const theme of themes) {
    const context = await browser.newContext({ baseURL: running.baseUrl, colorScheme: theme })
    const page = await context.newPage()
    await page.goto("/signin")
    await page.getByLabel(/password/i).waitFor()
    await keepScreen(page, `${theme}-desk-signin`)
    await expectAccessible(page, "/signin")
    await context.close()
  }
})

test("a deep link leads through the sign-in page and back to where it pointed", async ({ browser, team, running }) => {
  const id = await (await team.as("lead")).create("1.1.0")
  const context = await browser.newContext({ baseURL: running.baseUrl })
  const page = await context.newPage()
  await page.goto(`/releases/${id}/signoffs`)
  await page.getByLabel(/e-?mail/i).fill(people.security)
  await page.getByLabel(/password/i).fill(seedPassword)
  await page.getByRole("button", { name: /sign in/i }).click()
  await expect(page).toHaveURL(`${running.baseUrl}/releases/${id}/signoffs`)
  await expect(page.getByTestId("signoff-security")).toBeVisible()
  await context.close()
})

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}

/** What watches its own size has drawn itself anew for this one: two frames, and whatever they set off. */
async function laidOut(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) {
      await new Promise((drawn) => {
        requestAnimationFrame(drawn)
        // A browser that nobody looks at may find nothing to draw.
        setTimeout(drawn, 1_000)
      })
    }
  })
}
