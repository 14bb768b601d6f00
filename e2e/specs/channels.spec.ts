import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { DateTime } from "luxon"
import { offsetIntoWindow } from "../fixtures/open-window"
import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

const PATH = "/settings/channels"
const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`

/** A receiver of webhooks, which can be told to refuse them. */
async function startReceiver() {
  const taken: { key: string | undefined; text: string }[] = []
  const state = { status: 200 }
  const server = createServer(async (request, response) => {
    let text = ""
    for await (const chunk of request) text += chunk
    if (state.status === 200) taken.push({ key: request.headers["webhook-id"] as string | undefined, text })
    response.writeHead(state.status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    ...{ taken, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

test("a channel is added, tried and mended; who gets what is changed by keyboard; what happens is told and seen live", async ({
  browser,
  running,
  team,
}) => {
  const receiver = await startReceiver()
  const name = `Hook ${Date.now()}`
  const page = await openPage(browser, running.baseUrl, "devops", PATH)
  await expect(page.getByTestId("channel-In the console")).toContainText("Tells all but Updates for customers")

  // A fault names its field, and the secret is gone from the page once it is saved.
  await page.getByRole("button", { name: "Add channel" }).click()
  const form = page.getByTestId("channel-form")
  await form.getByLabel("Kind").selectOption({ label: "Webhook" })
  await form.getByLabel("Name").fill(name)
  await form.getByLabel("URL").fill("file:///etc/passwd")
  await form.getByLabel("Secret").fill(SECRET)
  await form.getByRole("button", { name: "Add channel" }).click()
  await expect(form.getByLabel("URL")).toHaveAttribute("aria-invalid", "true")
  await keepScreen(page, "channel-form")
  await form.getByLabel("URL").fill(receiver.url)
  await form.getByRole("button", { name: "Add channel" }).click()
  const row = page.getByTestId(`channel-${name}`)
  await expect(row).toContainText("Tells nothing yet")

  // The fence is there until somebody opens it, and says so.
  await row.getByRole("button", { name: /send a test/i }).click()
  await expect(row.getByTestId("test-progress")).toHaveAttribute("data-status", /retrying|given_up/)
  await keepScreen(page, "channel-test-in-vain")
  await row.getByRole("button", { name: /^more for/i }).click()
  await page.getByRole("menuitem", { name: /change/i }).click()
  await expect(form.getByLabel("Secret")).toHaveValue("")
  await form.getByLabel("May lead into this network").check()
  await form.getByRole("button", { name: "Save channel" }).click()
  await expect(form).toHaveCount(0)
  const messages = page.getByTestId("channel-deliveries").getByRole("listitem").filter({ hasText: name })
  await messages.getByRole("button", { name: /send again/i }).click()
  await expect(messages).toHaveAttribute("data-status", "delivered")
  expect(receiver.taken[0]?.text).toContain(`Test of the channel ${name}`)
  await row.getByRole("button", { name: /send a test/i }).click()
  await expect(row.getByTestId("test-progress")).toHaveAttribute("data-status", "delivered")
  await expect(row).toHaveAttribute("data-health", "working")

  // Who gets what, with the keyboard alone.
  const table = page.getByTestId("who-gets-what")
  await table.getByRole("checkbox", { name: `Everything by ${name}` }).focus()
  await page.keyboard.press("ArrowDown")
  await expect(table.getByRole("checkbox", { name: `Go-live by ${name}` })).toBeFocused()
  await page.keyboard.press("Space")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ArrowRight")
  await expect(table.getByRole("checkbox", { name: `Go-live by ${name}` })).toBeChecked()
  await expect(row).toContainText("Tells Go-live")
  await page.reload()
  await expect(table.getByRole("checkbox", { name: `Go-live by ${name}` })).toBeChecked()
  await keepScreen(page, "channels")

  // What happens on a release is seen in another person's window without a reload, and arrives at the receiver.
  const id = await (await team.as("lead")).create("1.1.0")
  const watcher = await openPage(browser, running.baseUrl, "ops", "/calendar")
  const bell = watcher.getByTestId("notice-bell")
  await expect(bell).toBeVisible()
  // Opened, all are read: what is counted from here on is new.
  await bell.click()
  await expect(watcher.getByTestId("notices")).toBeVisible()
  await watcher.keyboard.press("Escape")
  await expect(watcher.getByTestId("notice-count")).toHaveCount(0)
  const today = DateTime.fromMillis(Date.now() + offsetIntoWindow(Date.now()), { zone: "America/New_York" })
  const startAt = today.plus({ days: 1 }).set({ hour: 10, minute: 30 }).toUTC().toISO()
  const lead = await team.as("lead")
  const planned = await lead.put(`/releases/${id}/schedule`, { startAt })
  expect(planned.ok(), await planned.text()).toBe(true)
  await expect(watcher.getByTestId("notice-count")).toBeVisible()
  await bell.click()
  const notices = watcher.getByTestId("notices")
  await expect(notices.locator("[data-new]").first()).toContainText(/go-live/i)
  await keepScreen(watcher, "notices")
  await expect(watcher.getByTestId("notice-count")).toHaveCount(0)
  await notices.getByRole("listitem").first().getByRole("link").click()
  await expect(watcher).toHaveURL(new RegExp(`/releases/${id}`))
  await expect.poll(() => receiver.taken.some(({ text }) => text.includes(id))).toBe(true)

  const refused = await openPage(browser, running.baseUrl, "viewer", PATH)
  await expect(refused.getByText("You may not see channels")).toBeVisible()
  await refused.context().close()
  await watcher.context().close()

  await row.getByRole("button", { name: /^more for/i }).click()
  await page.getByRole("menuitem", { name: /remove/i }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Remove channel" }).click()
  await expect(row).toHaveCount(0)
  await page.context().close()
  const cancelled = await lead.delete(`/releases/${id}/schedule`, { reason: "Only a rehearsal" })
  expect(cancelled.ok(), await cancelled.text()).toBe(true)
  await receiver.close()
})
