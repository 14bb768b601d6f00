import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "serial" })

const PATH = "/settings/environments/postd/production"

test("what is live is asked of the platform, settings are tried before they are saved, and a fault names its field", async ({
  browser,
  running,
  team,
}) => {
  const page = await openPage(browser, running.baseUrl, "devops", "/settings/environments")
  await page.getByRole("link", { name: "POSTD Production" }).click()
  await expect(page).toHaveURL(new RegExp(`${PATH}$`))
  await page.getByTestId("test-connection").first().click()
  const result = page.getByTestId("connection-result").first()
  await expect(result).toHaveAttribute("data-status", "passed", { timeout: 30_000 })
  await expect(result.getByRole("listitem")).toHaveCount(6)
  await expect(page.getByTestId("environment-live")).toContainText(String(await team.liveVersion()))
  await keepScreen(page, "environment-connection")

  await page.getByText("Change how it is reached").click()
  const form = page.getByTestId("environment-settings")
  const address = form.getByLabel("Address")
  const before = await address.inputValue()
  await address.fill("http://127.0.0.1:1/")
  await form.getByTestId("test-connection").click()
  const tried = form.getByTestId("connection-result")
  await expect(tried).toHaveAttribute("data-status", "failed", { timeout: 30_000 })
  await expect(tried).toContainText("connection refused")
  await keepScreen(page, "environment-settings")

  await address.fill("ftp://example.com")
  await form.getByRole("button", { name: "Save settings" }).click()
  await expect(address).toHaveAttribute("aria-invalid", "true")
  await address.fill(before)
  await form.getByLabel("What users are told during maintenance").fill("We are back in a few minutes.")
  await form.getByRole("button", { name: "Save settings" }).click()
  await expect(page.getByRole("region", { name: "Notifications" }).getByText("Settings saved")).toBeVisible()
  await page.reload()
  await page.getByText("Change how it is reached").click()
  await expect(page.getByLabel("What users are told during maintenance")).toHaveValue("We are back in a few minutes.")
  await page.context().close()

  const viewer = await openPage(browser, running.baseUrl, "viewer", PATH)
  await expect(viewer.getByTestId("environment-live")).toBeVisible()
  await expect(viewer.getByTestId("test-connection")).toHaveCount(0)
  await expect(viewer.getByTestId("environment-settings")).toHaveCount(0)
  await viewer.context().close()
})

test("a release says what is in it, is paused and goes on; a feature is turned off and on; the commits are taken back", async ({
  browser,
  running,
  team,
}) => {
  await team.settle()
  const id = await team.readyRelease("1.1.0")
  const api = await team.as("devops")
  const page = await openPage(browser, running.baseUrl, "devops", `/releases/${id}/deploy`)
  const changes = page.locator("#changes")
  await expect(changes).toContainText(/commit/, { timeout: 30_000 })
  await keepScreen(page, "changes")

  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await page.getByRole("button", { name: "Pause" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("textbox").fill("Support asks for a minute")
  await dialog.getByRole("button", { name: "Pause deployment" }).click()
  await expect(page.getByRole("status").filter({ hasText: "Paused by" })).toContainText("Support asks for a minute")
  // What had begun ends, and nothing else begins.
  const steps = async () => {
    const { release } = await api.snapshot(id)
    return Object.values(release.runs)
      .filter(({ kind }) => kind === "deploy")
      .flatMap(({ steps }) => steps)
  }
  await expect.poll(async () => (await steps()).filter(({ status }) => status === "running").length).toBe(0)
  const held = (await steps()).filter(({ status }) => status === "passed").length
  await keepScreen(page, "paused")
  await page.waitForTimeout(1_500)
  expect((await steps()).filter(({ status }) => status === "passed")).toHaveLength(held)
  expect((await steps()).some(({ status }) => status === "pending")).toBe(true)
  await page.getByRole("button", { name: "Go on" }).click()
  await expect(page.getByTestId("release-status")).toContainText(/watching|live/i, { timeout: 90_000 })

  await page.goto(`/releases/${id}/verify`)
  const flag = page.getByTestId("feature-flags").locator("[data-flag='recycling-pool']")
  const users = async () => (await (await fetch(`${running.serviceUrl}/api/flags`)).json()).flags
  for (const [label, now] of [
    ["Turn off", false],
    ["Turn on", true],
  ] as const) {
    await flag.getByRole("button", { name: label }).click()
    await dialog.getByRole("textbox").fill("Reads are slow for some")
    await dialog.getByRole("button", { name: label }).click()
    await expect(flag).toContainText(`turned ${now ? "on" : "off"} in`, { timeout: 20_000 })
    expect((await users()).recycling_pool).toBe(now)
    await keepScreen(page, `feature-flag-${now ? "on" : "off"}`)
  }
  await page.getByRole("button", { name: "Revert" }).click()
  await expect(dialog).toContainText("taken back as one")
  await dialog.getByLabel("Reason").fill("The data is wrong")
  await keepScreen(page, "revert-dialog")
  await dialog.getByRole("button", { name: "Roll back now" }).click()
  await expect(page.getByTestId("release-status")).toContainText(/rolled back/i, { timeout: 90_000 })
  const { release } = await api.snapshot(id)
  expect(release.rollback).toMatchObject({ option: "git_revert", status: "done", to: { version: "1.0.0" } })
  expect(await team.liveVersion()).toBe("1.0.0")

  await page.goto(PATH)
  const history = page.getByTestId("live-history").getByRole("listitem")
  await expect(history.nth(0)).toContainText("rolled back")
  await expect(history.nth(1)).toContainText("1.1.0")
  await keepScreen(page, "environment-history")
  await page.context().close()
  await team.settle()
})
