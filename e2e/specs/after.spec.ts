import { readFile } from "node:fs/promises"
import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test("the first days of a release: rounds, the watch, what must be so after three days, the review, and the end", async ({
  browser,
  team,
  running,
}) => {
  await team.settle()
  const devops = await team.as("devops")
  const id = await team.readyRelease("1.1.0")
  const page = await openPage(browser, running.baseUrl, "lead", `/releases/${id}/after`)
  await expect(page.getByText("Begins when the version is live")).toBeVisible()
  expect((await devops.post(`/releases/${id}/deploy`)).status()).toBe(202)

  // From the switch on, somebody is on watch: first whoever is on call, then a person.
  const strip = page.getByRole("listbox", { name: "Rounds of the first day" })
  await expect(strip.getByRole("option")).toHaveCount(64, { timeout: 120_000 })
  await page.getByRole("button", { name: "Hand over…" }).click()
  const dialog = page.getByRole("dialog")
  const next = await dialog.getByLabel("To").locator("option").nth(1).textContent()
  await dialog.getByLabel("To").selectOption({ label: next ?? "" })
  await dialog.getByLabel("Note (optional)").fill("Look at the queue first")
  await dialog.getByRole("button", { name: "Hand over" }).click()
  await expect(page.getByTestId("watcher")).toHaveText(next ?? "")

  // A round of the second band asks for a person's eyes, and gets them by keyboard. Rounds are short here: one of them is done.
  const asked = page.getByTestId("on-watch").locator("[data-part]")
  await expect(async () => {
    const email = page.getByTestId("part-email")
    await email.locator("[data-act=fine]").waitFor({ timeout: 20_000 })
    for (let left = await asked.count(); left > 0; left -= 1) {
      await page.keyboard.press("j")
      await page.keyboard.press("x")
      await expect(asked).toHaveCount(left - 1, { timeout: 3_000 })
    }
    await expect(strip.locator("[data-round^=first-hours-][data-state=done]")).not.toHaveCount(0, { timeout: 1_000 })
  }).toPass({ timeout: 120_000 })

  // One that nobody came to is seen for good, and says what it left.
  const missed = strip.locator("[data-state=missed]").first()
  await missed.click({ timeout: 60_000 })
  await expect(page.getByTestId("round-details")).toContainText(/left:/)
  await missed.press("Home")
  await expect(strip.getByRole("option").first()).toBeFocused()
  await keepScreen(page, "live-first-day")

  // What must be so after three days is worked while the rounds go on.
  const { release } = await devops.until(id, "a verdict", (s) => s.release.verification?.verdict != null)
  if (release.verification?.verdict !== "pass") {
    await devops.post(`/releases/${id}/verification/accept`, { reason: "We looked ourselves" })
  }
  const users = page.getByTestId("followup-after:users")
  await users.getByRole("button", { name: "Done, with a note…" }).click()
  await dialog.getByLabel("Note").fill("Two tickets, both old")
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(users).toContainText("Two tickets, both old")
  // The tick is the server's answer: it comes when it is so.
  const confidence = page.getByRole("checkbox", { name: "Team is confident in deployment" })
  await confidence.click()
  await expect(confidence).toBeChecked()

  // The review is scheduled by the person's own clock; its entry in the list ticks itself.
  await page.locator("#reviews").getByRole("button", { name: "Schedule…" }).click()
  await dialog.getByLabel("Title").fill("Looking back on 1.1.0")
  await dialog.getByLabel("Takes").selectOption("60")
  await dialog.getByRole("checkbox").first().check()
  await dialog.getByLabel("Place (optional)").fill("Room 4")
  await dialog.getByRole("button", { name: "Schedule" }).click()
  await expect(page.getByRole("checkbox", { name: "Schedule post-launch review meeting" })).toBeChecked()
  const download = page.waitForEvent("download")
  await page.locator("#reviews").getByRole("link", { name: "Calendar file" }).click()
  const ics = await readFile(await (await download).path(), "utf8")
  expect(ics).toContain("BEGIN:VEVENT")
  expect(ics).toContain("SUMMARY:Looking back on 1.1.0")
  expect(ics).toContain("LOCATION:Room 4")

  // The end: what is left is named, and takes a word.
  await page.locator("#close-release").getByRole("button", { name: "Close release" }).click()
  await expect(dialog.getByTestId("still-open")).toContainText("Of the 72 hours: Database performing normally")
  const close = dialog.getByRole("button", { name: "Close release" })
  await expect(close).toBeDisabled()
  await dialog.getByLabel("Why it is closed all the same").fill("The rest is looked at on Monday")
  await close.click()
  await expect(page.getByTestId("release-status")).toContainText("Closed")
  await expect(page.getByText("“The rest is looked at on Monday”").first()).toBeVisible()
  await expect(page.getByRole("button", { name: "Hand over…" })).toHaveCount(0)
  await page.close()
  await team.settle()
})
