import { readFile } from "node:fs/promises"
import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test("a report is drafted, edited, saved and taken away; figures are a click away", async ({
  browser,
  team,
  running,
}) => {
  const id = await (await team.as("lead")).create("1.1.0")
  const page = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/report`)
  const sheet = page.getByTestId("report")
  await expect(sheet).toContainText("Nobody has signed.")
  await expect(page.getByTestId("report-standing")).toContainText("Nobody has saved it yet")

  await page.getByRole("button", { name: "Edit" }).click()
  const text = page.getByLabel("Markdown", { exact: true })
  const draft = await text.inputValue()
  await text.fill(
    `${draft}\n## Learned\n\nAsk [the team](https://example.com/team) <b>first</b>, not [last](javascript:alert(1)).\n`,
  )
  const preview = page.getByLabel("Preview")
  await expect(preview.getByRole("heading", { name: "Learned" })).toBeVisible()
  await expect(preview).toContainText("<b>first</b>")
  await expect(preview.getByRole("link")).toHaveCount(1)
  await keepScreen(page, "report-edited")
  await text.press("ControlOrMeta+s")
  await expect(page.getByTestId("report-standing")).toContainText("Revision 1, saved by")
  await expect(sheet.getByRole("heading", { name: "Learned" })).toBeVisible()

  const take = async (format: string) => {
    await page.getByRole("button", { name: "Download" }).click()
    const coming = page.waitForEvent("download")
    await page.getByRole("menuitem", { name: format }).click()
    const download = await coming
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const pdf = await take("PDF")
  expect(pdf.name).toMatch(/^release-report-postd-1\.1\.0-r1\.pdf$/)
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-")
  expect((await take("Markdown")).bytes.toString("utf8")).toContain("## Learned")

  await page.getByRole("button", { name: "Fresh draft" }).click()
  await expect(page.getByText("Nothing that the draft tells has changed since revision 1")).toBeVisible()
  await expect(sheet).not.toContainText("Learned")

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Insights" }).click()
  await expect(page.getByRole("heading", { name: "Insights" })).toBeVisible()
  await page.getByText("How is this counted?").click()
  await expect(page.getByText("Of the releases that went live")).toBeVisible()
  await page.context().close()
})
