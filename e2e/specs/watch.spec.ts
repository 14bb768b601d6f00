import { keepScreen, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test("people make the watch longer, end it, and take the release as it is", async ({ browser, team, running }) => {
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.1.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/verify`)
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  const verdict = ops.getByTestId("watch-verdict")
  await verdict.getByRole("button", { name: "Not sure, extend" }).click({ timeout: 120_000 })
  const dialog = ops.getByRole("dialog")
  await dialog.getByLabel("For how much longer").selectOption("60")
  await dialog.getByLabel("Reason").fill("The queue looks odd")
  await dialog.getByRole("button", { name: "Watch longer" }).click()
  await expect(verdict.getByText("Made longer by")).toBeVisible()
  await keepScreen(ops, "live-watch")
  await verdict.getByRole("button", { name: "Looks fine, end early" }).click()
  await dialog.getByLabel("Reason").fill("It was the rehearsal's queue")
  await dialog.getByRole("button", { name: "End the watch" }).click()
  await expect(verdict).toHaveAttribute("data-verdict", /pass|inconclusive/, { timeout: 20_000 })
  if ((await verdict.getAttribute("data-verdict")) === "inconclusive") {
    await verdict.getByRole("button", { name: "Take it as it is" }).click()
    await dialog.getByLabel("Reason").fill("We looked ourselves")
    await dialog.getByRole("button", { name: "Take it as it is" }).click()
  }
  await expect(ops.getByTestId("release-status")).toContainText(/watching/i)
  expect((await (await team.as("lead")).post(`/releases/${id}/close`, {})).status()).toBe(200)
  await team.settle()
})
