import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { seedPassword } from "../fixtures/console"
import { contextFor, people } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

const widths = {
  phone: { width: 360, height: 800 },
  desk: { width: 1280, height: 800 },
  wall: { width: 1920, height: 1080 },
}
const themes = ["light", "dark"] as const

for (const theme of themes) {
  test(`every page is free of axe violations and fits every width, ${theme}`, async ({ browser, team, running }) => {
    test.setTimeout(240_000)
    const id = await (await team.as("lead")).create("1.1.0")
    const context = await contextFor(browser, running.baseUrl, "lead", { colorScheme: theme, reducedMotion: "reduce" })
    const page = await context.newPage()
    const noise: string[] = []
    page.on("console", (message) => message.type() === "error" && noise.push(message.text()))
    page.on("pageerror", (error) => noise.push(String(error)))

    for (const path of [
      "/",
      "/work",
      "/calendar",
      "/releases/new",
      "/settings/tokens",
      "/settings/environments",
      ...["checklist", "signoffs", "deploy", "verify", "timeline"].map((tab) => `/releases/${id}/${tab}`),
    ]) {
      await page.goto(path)
      await page.getByRole("main").waitFor()
      // Turned like a phone, pulled like a window: a page has to follow without being loaded again.
      for (const [name, viewport] of Object.entries(widths)) {
        await page.setViewportSize(viewport)
        await page.waitForTimeout(250)
        await keep(page, `${theme}-${name}-${path.split("/").at(-1) || "releases"}`)
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
    await keep(page, `${theme}-desk-signin`)
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

async function expectAccessible(page: Page, path: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze()
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`)
  expect(found, path).toEqual([])
}

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}

/** Screenshots are for people to look at; nothing is compared. */
async function keep(page: Page, name: string) {
  await page.screenshot({ path: `test-results/screens/${name}.png` })
}
