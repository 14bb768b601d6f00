import { readFile } from "node:fs/promises"
import { isSameDocument, keepScreen, markDocument, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

/** Were it ever interpreted by the console, its script would leave a mark. */
const PAGE_WITH_SCRIPT =
  "<!doctype html><script>top.document.title = 'marked'; window.marked = true</script><h1>Hi</h1>"

test("one click proves what proves itself, somebody else watches it, and a break shows what was expected", async ({
  browser,
  team,
  running,
}) => {
  await team.settle()
  const api = await team.as("lead")
  const id = await api.create("1.1.0")
  const bound = Object.values((await api.snapshot(id)).release.items).filter((item) => item.check)
  const lead = await openPage(browser, running.baseUrl, "lead", `/releases/${id}/checklist`)
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/checklist`)
  await markDocument(ops)

  await lead.getByTestId("prove-all").click()
  await expect(ops.getByTestId("proof-progress")).toHaveAttribute("data-state", "running")
  await keepScreen(lead, "proving")
  await expect(ops.getByTestId("proof-progress")).toHaveAttribute("data-state", "done", { timeout: 90_000 })
  const words = (await ops.getByTestId("proof-progress").textContent()) ?? ""
  expect(words).toMatch(/items in .*: all passed/)
  await expect(ops.locator('[data-item][data-status="passed"]')).toHaveCount(bound.length)
  expect(await isSameDocument(ops)).toBe(true)
  await lead.reload()
  await expect(lead.getByTestId("proof-progress")).toContainText("Slowest")

  await fault(running.serviceUrl, { dropHeader: "Strict-Transport-Security" })
  const headers = lead.getByTestId("item-security-headers")
  await headers.getByRole("button", { name: /^prove/i }).click()
  await expect(headers).toHaveAttribute("data-status", "failed", { timeout: 30_000 })
  await fault(running.serviceUrl, { dropHeader: "" })
  await headers.locator('[data-act="open"]').click()
  await expect(headers.getByRole("table").first()).toContainText(/strict-transport-security/i)
  await expect(headers.getByRole("table").first()).toContainText(/actual/i)
  await keepScreen(lead, "failed-item")
  await lead.context().close()
  await ops.context().close()
})

test("a file, a link and a comment: others see them at once, and nothing of them runs", async ({
  browser,
  team,
  running,
}) => {
  const id = await (await team.as("lead")).create("1.1.0")
  const lead = await openPage(browser, running.baseUrl, "lead", `/releases/${id}/checklist#item-oauth-redirect-uris`)
  const security = await openPage(
    browser,
    running.baseUrl,
    "security",
    `/releases/${id}/checklist#item-oauth-redirect-uris`,
  )
  const mine = lead.getByTestId("item-oauth-redirect-uris")
  const theirs = security.getByTestId("item-oauth-redirect-uris")

  await mine.getByRole("button", { name: /^Add evidence/ }).click()
  await mine.getByRole("radio", { name: "File" }).check({ force: true })
  const file = { name: "console.html", mimeType: "text/html", buffer: Buffer.from(PAGE_WITH_SCRIPT) }
  await mine.locator('input[type="file"]').setInputFiles(file)
  await mine.getByTestId("add-evidence").getByRole("button", { name: "Add", exact: true }).click()
  const brought = theirs.locator("[data-testid^=evidence-]").filter({ hasText: "console.html" })
  await expect(brought).toHaveAttribute("data-kind", "file")

  const [download] = await Promise.all([
    security.waitForEvent("download"),
    brought.getByRole("link", { name: /download/i }).click(),
  ])
  expect(await readFile(await download.path(), "utf8")).toBe(PAGE_WITH_SCRIPT)
  expect(download.suggestedFilename()).toBe("console.html")
  const answer = await security.request.get(download.url())
  expect(answer.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment;/),
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
  })
  // Opened as a page of its own it is still a download.
  await expect(security.goto(download.url())).rejects.toThrow(/download/i)
  expect(await security.title()).not.toContain("marked")

  const comment = mine.getByRole("textbox", { name: "Comment" })
  await comment.fill("<img src=x onerror=window.marked=1> [see](javascript:alert(1)) @")
  await comment.press("End")
  await comment.pressSequentially("Sec")
  await lead.getByRole("listbox").getByRole("option").first().click()
  await mine.getByRole("button", { name: "Add comment" }).click()
  await expect(mine).toContainText("[see](javascript:alert(1))")
  expect(await lead.evaluate("window.marked")).toBeUndefined()
  expect(await lead.locator('a[href^="javascript:"]').count()).toBe(0)

  await mine.getByRole("button", { name: "History" }).click()
  await expect(mine.getByTestId("item-history")).toContainText("console.html")
  await keepScreen(lead, "evidence-and-history")
  await lead.context().close()
  await security.context().close()
})

test("secrets are written and never shown again", async ({ browser, running }) => {
  const page = await openPage(browser, running.baseUrl, "devops", "/settings/environments")
  await expect(page.getByRole("main")).toContainText("LOCAL_HOST_ADMIN_TOKEN")
  const answer = await page.request.get("/api/v1/environments/postd/production/secrets")
  const { secrets } = (await answer.json()) as { secrets: { name: string }[] }
  expect(secrets.map(({ name }) => name)).toContain("LOCAL_HOST_ADMIN_TOKEN")
  expect(Object.keys(secrets[0] ?? {}).sort()).toEqual(["description", "name", "updatedAt", "updatedBy", "version"])
  await keepScreen(page, "secrets")
  await page.context().close()
})

async function fault(serviceUrl: string, faults: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${serviceUrl}/__faults`, { method: "POST", body: JSON.stringify(faults) })
  expect(answer.status).toBe(200)
}
