import { sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test("a stale edit in the browser is refused in place, and both people see the truth", async ({
  browser,
  team,
  running,
}) => {
  const [lead, devops] = [await team.as("lead"), await team.as("devops")]
  const id = await lead.create("1.1.0")
  const item = Object.values((await lead.snapshot(id)).release.items).find((candidate) => !candidate.check)
  if (!item) throw new Error("no item is proved by hand")

  // The lead's page hears nothing: its stream is cut before it begins, and until it has sent its change it cannot ask
  // anew, which a page does after a few seconds without a stream.
  const deaf = await sharedContextFor(browser, running.baseUrl, "lead")
  const page = await deaf.newPage()
  await page.route("**/stream?*", (route) => route.abort())
  let sent = false
  await page.route(`**/api/v1/releases/${id}`, (route) => (sent ? route.continue() : route.abort()))
  await page.route(`**/api/v1/releases/${id}/checklist/${item.key}`, (route) => {
    sent = true
    return route.continue()
  })
  await page.goto(`/releases/${id}/checklist`)
  const row = page.getByTestId(`item-${item.key}`)
  await expect(row).toHaveAttribute("data-status", "open")

  const watching = await sharedContextFor(browser, running.baseUrl, "ops")
  const ops = await watching.newPage()
  await ops.goto(`/releases/${id}/checklist`)
  await expect(ops.locator("[data-connection='live']")).toBeVisible()

  const change = { revision: item.revision, state: "failed", note: "The console is not set up" }
  expect((await devops.patch(`/releases/${id}/checklist/${item.key}`, change)).status()).toBe(200)
  await expect(ops.getByTestId(`item-${item.key}`)).toHaveAttribute("data-status", "failed")

  await row.getByRole("checkbox").click()
  await expect(row).toContainText(/Yours was not applied/)
  await expect(row).toContainText(/Devon Ops changed this/)
  await expect(row).toHaveAttribute("data-status", "failed")
  expect((await lead.snapshot(id)).release.items[item.key]).toMatchObject({ state: "failed", revision: 1 })
  await deaf.close()
  await watching.close()
})
