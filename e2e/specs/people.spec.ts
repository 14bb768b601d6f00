import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { expectAccessible } from "../fixtures/axe"
import { seedPassword, startConsole } from "../fixtures/console"
import { freePort } from "../fixtures/free-port"
import { startOpenIdProvider } from "../fixtures/openid-provider"
import { contextFor, people } from "../fixtures/people"
import { releaseApi } from "../fixtures/release-api"

// A console of its own: it knows an OpenID provider, and people are disabled in it.
let running: Awaited<ReturnType<typeof startConsole>>
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>
const dataDirectory = mkdtempSync(join(tmpdir(), "golive-people-"))

test.beforeAll(async () => {
  test.setTimeout(240_000)
  const port = await freePort()
  const hosts = ["127.0.0.1", "localhost"]
  provider = await startOpenIdProvider(hosts.map((host) => `http://${host}:${port}/api/auth/callback/openid`))
  const openId = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.client.id,
    OIDC_CLIENT_SECRET: provider.client.secret,
    OIDC_NAME: "Example ID",
  }
  Object.assign(process.env, openId)
  running = await startConsole({ dataDirectory, port })
  for (const name of Object.keys(openId)) delete process.env[name]
})
test.afterAll(async () => {
  await running?.stop()
  await provider?.close()
  rmSync(dataDirectory, { recursive: true, force: true })
})

async function expectCalm(page: Page): Promise<void> {
  await expectAccessible(page, page.url(), true)
  const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  expect(await page.evaluate(isWide), "nothing scrolls sideways").toBe(false)
}

test("invited, joined, signed in; disabled while watching, and out within a second", async ({ browser }) => {
  const admins = await contextFor(browser, running.baseUrl, "admin", { viewport: { width: 360, height: 740 } })
  const admin = await admins.newPage()
  await admin.goto("/settings/people")
  await expect(admin.getByTestId(`person-${people.lead}`)).toContainText("Tech Lead · all services")
  await expectCalm(admin)
  await admin.getByRole("button", { name: "Invite", exact: true }).click()
  const dialog = admin.getByRole("dialog")
  await dialog.getByLabel("E-mail").fill(people.ops)
  await dialog.getByLabel("Name").fill("Nora New")
  await dialog.getByLabel("Role").selectOption({ label: "DevOps" })
  await dialog.getByRole("button", { name: "Make the link" }).click()
  await expect(dialog.getByRole("alert").first()).toContainText("is here already")
  await dialog.getByLabel("E-mail").fill("nora@postd.example")
  await dialog.getByRole("button", { name: "Make the link" }).click()
  const link = (await dialog.getByTestId("invitation-link").textContent())?.trim() ?? ""
  await expectCalm(admin)
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(admin.getByTestId("invitation-nora@postd.example")).toContainText("Not accepted yet")

  const theirs = await browser.newContext({ baseURL: running.baseUrl })
  const nora = await theirs.newPage()
  const asked: string[] = []
  nora.on("request", (request) => asked.push(`${request.url()} ${request.headers().referer ?? ""}`))
  await nora.goto(link)
  await expect(nora.getByRole("button", { name: "Join" })).toBeEnabled()
  expect(nora.url()).not.toContain("#")
  await expectCalm(nora)
  await nora.getByLabel("Your name").fill("Nora New")
  await nora.getByLabel("Password").fill("password1234")
  await nora.getByRole("button", { name: "Join" }).click()
  await expect(nora.getByText("too easy to guess")).toBeVisible()
  await nora.getByLabel("Password").fill("violet marmot under glass 7")
  await nora.getByRole("button", { name: "Join" }).click()
  await expect(nora.getByRole("button", { name: "Account of Nora New" })).toBeVisible()
  const secret = new URL(link).hash.slice(1)
  expect(asked.filter((one) => one.includes(secret))).toEqual([])

  const leads = await contextFor(browser, running.baseUrl, "lead")
  const id = await releaseApi(leads.request, running.baseUrl).create("1.1.0")
  await nora.goto(`/releases/${id}/checklist`)
  await expect(nora.locator("[data-connection='live']")).toBeVisible()
  await admin.reload()
  await admin.getByRole("button", { name: "Change Nora New" }).click()
  await admin.getByRole("menuitem", { name: "Disable" }).click()
  await admin.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click()
  const began = Date.now()
  await nora.waitForURL(/\/signin/, { waitUntil: "commit", timeout: 5_000 })
  const tookMs = Date.now() - began
  await expect(admin.getByTestId("person-nora@postd.example")).toContainText("Disabled")
  expect((await nora.request.get("/api/v1/me")).status()).toBe(401)
  expect(tookMs, "the page is gone").toBeLessThan(2_000)
  for (const context of [admins, theirs, leads]) await context.close()
})

test("one signs in through the identity provider; an address it does not vouch for stays outside", async ({
  browser,
}) => {
  provider.people.set("of-lead", { email: people.lead, email_verified: true, name: "Lea" })
  provider.people.set("of-devops", { email: people.devops, email_verified: false, name: "Devon" })
  const come = async (subject: string) => {
    const context = await browser.newContext({ baseURL: running.baseUrl })
    const page = await context.newPage()
    await page.goto("/signin?callbackUrl=%2Fsettings%2Faccount")
    await page.getByRole("button", { name: "Continue with Example ID" }).click()
    await page.locator("input[name=login]").fill(subject)
    await page.locator("input[name=password]").fill("any")
    await page.locator("[type=submit]").click()
    return page
  }
  const lead = await come("of-lead")
  await expect(lead).toHaveURL(/\/settings\/account/)
  await expect(lead.getByText("signed in through the identity provider")).toBeVisible()
  await expectCalm(lead)
  await lead.context().close()
  const devops = await come("of-devops")
  await expect(devops).toHaveURL(/\/signin/)
  await expect(devops.getByText("does not vouch for your e-mail address")).toBeVisible()
  await expectCalm(devops)
  await devops.context().close()
})

test("one sees where one is signed in, and signs out everywhere else", async ({ browser }) => {
  const here = await contextFor(browser, running.baseUrl, "ops")
  const there = await contextFor(browser, running.baseUrl, "ops")
  const page = await here.newPage()
  await page.goto("/settings/account")
  await expect(page.getByText("This browser")).toBeVisible()
  await page.getByRole("button", { name: "Sign out everywhere else" }).click()
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toBeHidden()
  expect((await there.request.get("/api/v1/me")).status()).toBe(401)
  expect((await here.request.get("/api/v1/me")).status()).toBe(200)

  await page.getByLabel("Current password").fill(seedPassword)
  await page.getByLabel("New password").fill("password1234")
  await page.getByRole("button", { name: "Change the password" }).click()
  await expect(page.getByText("too easy to guess")).toBeVisible()
  await page.getByLabel("New password").fill("violet marmot under glass 7")
  await page.getByRole("button", { name: "Change the password" }).click()
  await expect(page.getByText("The password is changed.")).toBeVisible()

  await page.goto("/settings/people")
  await expect(page.getByText("Administrators invite people")).toBeVisible()
  await expect(page.getByRole("button", { name: /^Change / })).toHaveCount(0)
  await here.close()
  await there.close()
})
