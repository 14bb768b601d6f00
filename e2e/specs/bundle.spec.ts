import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { expectAccessible } from "../fixtures/axe"
import { runVerify, saved, unpacked } from "../fixtures/evidence-bundle"
import { keepScreen } from "../fixtures/pages"
import { choosePasskey, passkeyOf } from "../fixtures/passkey-of"
import { contextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test("the evidence bundle is downloaded, unpacked and verified with nothing but Node; the certificate is read and printed", async ({
  browser,
  team,
  running,
}) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const signer = await (await contextFor(browser, running.baseUrl, "security")).newPage()
  await passkeyOf(signer, running, "security", "Blue key")
  await signer.goto(`/releases/${id}/signoffs`)
  const card = signer.getByTestId("signoff-security")
  await expect(card.getByTestId("since-last-look")).toBeVisible()
  for (const box of await card.getByRole("checkbox").all()) await box.check()
  await (await choosePasskey(card, "Blue key")).click()
  await expect(card).toHaveAttribute("data-status", "signed")
  expect((await (await team.as("product")).sign(id, "product")).status()).toBe(200)

  const page = await (await contextFor(browser, running.baseUrl, "viewer")).newPage()
  await page.goto(`/releases/${id}/certificate`)
  const sheet = page.getByTestId("certificate")
  await expect(sheet).toContainText("Blue key")
  await expect(sheet.locator("[data-stands=true]")).toHaveCount(2)
  await expect(sheet).toContainText("No time-stamping authority is configured")
  await looksRight(page)

  await unpacked(await saved(page, "Evidence bundle"), async (folder, files) => {
    const verified = await runVerify(folder)
    expect(verified.said).toContain("Everything holds.")
    expect(verified.said).toContain("with a passkey of their own, whose signature holds")
    expect(verified.code).toBe(0)
    const [manifest = ""] = [...files.keys()].filter((name) => /^signatures\/security-.*[0-9a-f]\.json$/.test(name))
    const changed = (files.get(manifest) ?? Buffer.alloc(0)).toString().replace("1.1.0", "1.1.1")
    await writeFile(join(folder, manifest), changed)
    const refused = await runVerify(folder)
    expect(refused.said).toContain(`WRONG ${manifest}:`)
    expect(refused.code).toBe(1)
  })
  expect((await saved(page, "PDF")).subarray(0, 5).toString()).toBe("%PDF-")

  // Whoever looks at a certificate is told when it is not the newest any more.
  expect((await (await team.as("devops")).sign(id, "devops")).status()).toBe(200)
  await page.getByRole("button", { name: "Make it anew" }).click()
  await expect(sheet.locator("[data-stands=true]")).toHaveCount(3)
  await expect(page.getByRole("button", { name: "Make it anew" })).toBeHidden()
  await page.context().close()
  await signer.context().close()
})

/** On a desk, on a phone, in both themes, and on paper. */
async function looksRight(page: Page): Promise<void> {
  const sheet = page.getByTestId("certificate")
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expectAccessible(page, `the certificate, ${theme}`)
    await keepScreen(page, `${theme}-desk-certificate`)
  }
  const desk = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await keepScreen(page, "dark-phone-certificate")
  await page.setViewportSize(desk)
  await page.emulateMedia({ media: "print" })
  await expect(sheet).toBeVisible()
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden()
  await expect(page.getByTestId("release-status")).toBeHidden()
  for (const format of ["A4", "Letter"]) {
    const paper = await page.pdf({ format })
    expect(paper.subarray(0, 5).toString()).toBe("%PDF-")
  }
  await keepScreen(page, "print-certificate")
  await page.emulateMedia({ media: "screen", colorScheme: "light" })
}
