import { DateTime } from "luxon"
import { offsetIntoWindow } from "../fixtures/open-window"
import { keepScreen } from "../fixtures/pages"
import { sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test("a go-live is set for a time: everybody sees the clock, and calling it off takes a reason", async ({
  browser,
  team,
  running,
}) => {
  const id = await (await team.as("lead")).create("1.1.0")
  const watching = await sharedContextFor(browser, running.baseUrl, "viewer")
  const viewer = await watching.newPage()
  await viewer.goto(`/releases/${id}/deploy`)
  await expect(viewer.getByTestId("schedule")).toContainText("Your roles do not set one")

  const planning = await sharedContextFor(browser, running.baseUrl, "devops")
  const devops = await planning.newPage()
  await devops.goto(`/releases/${id}/deploy`)
  const panel = devops.getByTestId("schedule")
  const now = DateTime.fromMillis(Date.now() + offsetIntoWindow(Date.now()), { zone: "America/New_York" })
  const night = now.set({ hour: 22, minute: 0 })
  const morning = now.plus({ days: 1 }).set({ hour: 10, minute: 30 })
  const wall = (time: DateTime) => time.toFormat("yyyy-MM-dd'T'HH:mm")

  await panel.getByLabel("The deployment begins at").fill(wall(night))
  await panel.getByRole("button", { name: "Set the time" }).click()
  await expect(panel.getByRole("alert")).toContainText("At that time nothing may go live")

  await panel.getByLabel("The deployment begins at").fill(wall(morning))
  await panel.getByRole("button", { name: "Set the time" }).click()
  await expect(panel).toHaveAttribute("data-status", "planned")
  await expect(viewer.getByTestId("schedule")).toHaveAttribute("data-status", "planned")
  await expect(viewer.getByText("Pre-flight in").first()).toBeVisible()
  await expect(viewer.getByTestId("schedule")).toContainText("Set by Devon Ops")
  await keepScreen(devops, "scheduled")

  await panel.getByRole("button", { name: "Call it off…" }).click()
  const dialog = devops.getByRole("dialog")
  await dialog.getByRole("textbox").fill("The database migration is not ready")
  await dialog.getByRole("button", { name: "Call it off" }).click()
  await expect(panel).toHaveAttribute("data-status", "none")
  await expect(viewer.getByTestId("schedule")).toHaveAttribute("data-status", "none")
  await watching.close()
  await planning.close()
})
