import { readFileSync } from "node:fs"
import { join } from "node:path"
import { isSameDocument, markDocument, openPage } from "../fixtures/pages"
import { expect, test } from "../fixtures/team"

test("the web process is killed under a watcher: the page waits, comes back by itself, and misses nothing", async ({
  browser,
  running,
  team,
}) => {
  await team.settle()
  const api = await team.as("devops")
  const id = await team.readyRelease("1.1.0")
  const ops = await openPage(browser, running.baseUrl, "ops", `/releases/${id}/timeline`)
  const connection = ops.locator("[data-connection]").first()
  await expect(connection).toHaveAttribute("data-connection", "live")
  await markDocument(ops)
  expect((await api.post(`/releases/${id}/deploy`)).status()).toBe(202)
  await expect(ops.getByTestId("release-status")).toContainText(/deploying/i)

  process.kill(webProcess(running.dataDirectory), "SIGKILL")
  await expect(connection).not.toHaveAttribute("data-connection", "live")
  // The worker goes on without it; the page catches up when it is back.
  await expect(connection).toHaveAttribute("data-connection", "live", { timeout: 60_000 })
  await expect(ops.getByTestId("release-status")).toContainText(/verifying|watching|live/i, { timeout: 90_000 })
  expect(await isSameDocument(ops), "it was not loaded anew").toBe(true)
  const { events } = (await (await api.get(`/releases/${id}/events?limit=1000`)).json()) as {
    events: { seq: number }[]
  }
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const tab = ops.getByRole("link", { name: /^timeline/i }).first()
  await expect(async () => {
    const { lastSeq } = (await api.snapshot(id)).release
    await expect(tab).toContainText(String(lastSeq), { timeout: 500 })
  }).toPass({ timeout: 30_000 })
  await ops.context().close()
  await team.settle()
})

/** Of what the start command remembers to have started, the one that serves pages. */
function webProcess(dataDirectory: string): number {
  const { children } = JSON.parse(readFileSync(join(dataDirectory, "processes.json"), "utf8")) as {
    children: { pid: number }[]
  }
  const found = children.find(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("next"))
  if (!found) throw new Error("no process of it serves pages")
  return found.pid
}
