import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { seedPassword } from "../fixtures/console"
import { keepScreen } from "../fixtures/pages"
import { contextFor, people } from "../fixtures/people"
import { expect, test } from "../fixtures/team"
import { virtualAuthenticator } from "../fixtures/virtual-authenticator"

// One person's passkeys, one step after the other; somebody whom no other spec signs for.
test.describe.configure({ mode: "serial" })

async function expectCalm(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([])
  const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  expect(await page.evaluate(isWide), "nothing scrolls sideways").toBe(false)
}

const rowOf = (page: Page, name: string) => page.getByTestId("passkey").filter({ hasText: name })

test("two passkeys are added, one renamed; one signs in with one, removes the other, and it opens nothing", async ({
  browser,
  running,
}) => {
  test.setTimeout(150_000)
  const context = await contextFor(browser, running.baseUrl, "viewer", { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const laptop = await virtualAuthenticator(page)
  await page.goto("/settings/account")
  await expect(page.getByText("No passkey yet")).toBeVisible()
  await expectCalm(page)

  // The first by keyboard alone, after the password.
  const add = page.getByRole("button", { name: "Add a passkey" })
  const dialog = page.getByRole("dialog")
  await add.focus()
  await page.keyboard.press("Enter")
  await expect(dialog.getByLabel("Your password")).toBeFocused()
  await expectCalm(page)
  await page.keyboard.type("not the password")
  await page.keyboard.press("Enter")
  await expect(dialog.getByText("The password is wrong.")).toBeVisible()
  await dialog.getByLabel("Your password").fill(seedPassword)
  await page.keyboard.press("Enter")
  await expect(dialog.getByLabel("Name")).toHaveValue(/^Chrome on/)
  await expectCalm(page)
  await dialog.getByLabel("Name").fill("Laptop")
  await page.keyboard.press("Enter")
  await expect(dialog).toBeHidden()
  await expect(add).toBeFocused()
  await expect(rowOf(page, "Laptop")).toContainText("never used")
  expect(await laptop.count()).toBe(1)

  // The same device once more: it says so itself.
  await add.click()
  await dialog.getByRole("button", { name: "Continue" }).click()
  await dialog.getByLabel("Name").fill("Again")
  await dialog.getByRole("button", { name: "Make the passkey" }).click()
  await expect(dialog.getByRole("alert")).toContainText("has a passkey of yours")
  await dialog.getByRole("button", { name: "Cancel" }).click()

  // The second, on another device, after the first one's answer; under a name that is taken at first.
  await add.click()
  await expect(dialog.getByText("finger, your face or a PIN")).toBeVisible()
  await dialog.getByRole("button", { name: "Continue" }).click()
  await expect(dialog.getByLabel("Name")).toBeVisible()
  await laptop.touched(false)
  const ring = await virtualAuthenticator(page, { transport: "usb" })
  await dialog.getByLabel("Name").fill("laptop")
  await dialog.getByRole("button", { name: "Make the passkey" }).click()
  await expect(dialog.getByText("You have a passkey called")).toBeVisible()
  await dialog.getByLabel("Name").fill("Ring")
  await dialog.getByRole("button", { name: "Make the passkey" }).click()
  await expect(dialog).toBeHidden()
  expect([await laptop.count(), await ring.count()]).toEqual([1, 1])
  await expect(page.getByTestId("passkey")).toHaveCount(2)
  await expect(rowOf(page, "Laptop")).toContainText("last used")

  await page.getByRole("button", { name: "Rename Ring" }).click()
  await dialog.getByLabel("Name").fill("Ring on my finger")
  await dialog.getByRole("button", { name: "Rename" }).click()
  await expect(rowOf(page, "Ring on my finger")).toBeVisible()
  await expectCalm(page)
  await keepScreen(page, "light-phone-passkeys")

  await page.getByRole("button", { name: /^Account of/ }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await page.waitForURL(/\/signin/)
  await page.goto("/signin?callbackUrl=%2Fsettings%2Faccount")
  await expectCalm(page)
  await page.getByRole("button", { name: "Continue with a passkey" }).click()
  await expect(page).toHaveURL(/\/settings\/account/)
  await expect(page.getByText("signed in with a passkey").first()).toBeVisible()

  // The ring is removed, the laptop confirming it; the ring itself keeps its key.
  await ring.touched(false)
  await laptop.touched(true)
  await page.getByRole("button", { name: "Remove Ring on my finger" }).click()
  await expectCalm(page)
  await dialog.getByRole("button", { name: "Remove", exact: true }).click()
  await expect(page.getByRole("status").filter({ hasText: "is removed" })).toBeVisible()
  await expect(page.getByTestId("passkey")).toHaveCount(1)
  expect(await ring.count()).toBe(1)

  await context.clearCookies()
  await laptop.touched(false)
  await ring.touched(true)
  await page.goto("/signin")
  await page.getByRole("button", { name: "Continue with a passkey" }).click()
  await expect(page.getByRole("alert").filter({ hasText: "lets nobody in" })).toBeVisible()
  await expectCalm(page)
  expect((await page.request.get("/api/v1/me")).status()).toBe(401)

  await ring.touched(false)
  await laptop.touched(true)
  await laptop.verifies(false)
  await page.getByRole("button", { name: "Continue with a passkey" }).click()
  await expect(page.getByRole("alert").filter({ hasText: "was not used" })).toBeVisible()
  await laptop.verifies(true)
  await page.getByRole("button", { name: "Continue with a passkey" }).click()
  await expect(page).toHaveURL(`${running.baseUrl}/`)
  expect((await page.request.get("/api/v1/me")).status()).toBe(200)
  await context.close()
})

test("after signing in nobody is led to another site", async ({ browser, running }) => {
  const context = await contextFor(browser, running.baseUrl, "viewer")
  const page = await context.newPage()
  await virtualAuthenticator(page)
  await page.goto("/settings/account")
  await page.getByRole("button", { name: "Add a passkey" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: "Use my password instead" }).click()
  await dialog.getByLabel("Your password").fill(seedPassword)
  await dialog.getByRole("button", { name: "Continue" }).click()
  await dialog.getByLabel("Name").fill("Tablet")
  await dialog.getByRole("button", { name: "Make the passkey" }).click()
  await expect(rowOf(page, "Tablet")).toBeVisible()
  const left: string[] = []
  page.on("request", (request) => new URL(request.url()).hostname === "evil.example" && left.push(request.url()))
  for (const target of ["//evil.example", "https://evil.example/", "/.//evil.example", "/\\evil.example"]) {
    await context.clearCookies()
    await page.goto(`/signin?callbackUrl=${encodeURIComponent(target)}`)
    await page.getByRole("button", { name: "Continue with a passkey" }).click()
    await expect(page, target).toHaveURL(`${running.baseUrl}/`)
  }
  await context.clearCookies()
  await page.goto(`/signin?callbackUrl=${encodeURIComponent("/.//evil.example")}`)
  await page.getByLabel("E-mail").fill(people.viewer)
  await page.getByLabel("Password").fill(seedPassword)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page, "with a password").toHaveURL(`${running.baseUrl}/`)
  expect(left).toEqual([])
  await context.close()
})

test("under an IP address the page says where passkeys are used", async ({ browser, running }) => {
  const byNumber = running.baseUrl.replace("localhost", "127.0.0.1")
  const context = await contextFor(browser, byNumber, "viewer", { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto("/settings/account")
  await expect(page.getByTestId("passkey-trouble")).toContainText(`Open it at ${running.baseUrl}`)
  await expect(page.getByRole("button", { name: "Add a passkey" })).toHaveCount(0)
  await expectCalm(page)
  await context.clearCookies()
  await page.goto("/signin")
  await expect(page.getByRole("link", { name: running.baseUrl })).toBeVisible()
  await expect(page.getByRole("button", { name: "Continue with a passkey" })).toHaveCount(0)
  await expectCalm(page)
  await context.close()
})
