import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { golive, mintToken } from "../fixtures/cli"
import { isSameDocument, markDocument } from "../fixtures/pages"
import { sharedContextFor } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

test.describe.configure({ mode: "serial" })

test("evidence that a pipeline pushes shows on an open page, without a reload", async ({ browser, team, running }) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const cli = golive(running.baseUrl, await mintToken(lead, ["read", "evidence:write"]))

  const context = await sharedContextFor(browser, running.baseUrl, "ops")
  const page = await context.newPage()
  await page.goto(`/releases/${id}/checklist`)
  const size = page.getByTestId("item-bundle-size")
  await expect(size).toHaveAttribute("data-status", "open")
  await markDocument(page)

  const push = (...args: string[]) => cli.run("evidence", "push", "--release", id, ...args)
  const words = "412.0 KB gzipped, within the limit"
  const pushed = await push("--item", "bundle-size", "--outcome", "passed", "--summary", words, "--fact", "Files=12")
  expect(pushed).toMatchObject({ code: 0, err: "", out: `bundle-size: passed. ${words}\n` })
  await expect(size).toHaveAttribute("data-status", "passed")
  await expect(size).toContainText(words)

  const lint = page.getByTestId("item-lint-passed")
  const script = 'console.log("2 problems"); process.exit(4)'
  const wrapped = await push("--item", "lint-passed", "--file", "package.json", "--", process.execPath, "-e", script)
  expect(wrapped.code, wrapped.err).toBe(4)
  expect(wrapped.out).toMatch(/^2 problems\n/)
  await expect(lint).toHaveAttribute("data-status", "failed")
  expect(await isSameDocument(page)).toBe(true)
  await context.close()

  const { release } = await lead.snapshot(id)
  expect(release.items["bundle-size"]?.evidence?.summary).toBe(words)
  expect(release.items["lint-passed"]?.evidence?.summary).toContain("failed with exit code 4")
  expect(release.items["lint-passed"]?.attachments).toMatchObject([{ kind: "file" }])
})

test("a token without the scope, or none that is known: exit code 6, and nothing has changed", async ({
  team,
  running,
}) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const token = await mintToken(lead, ["read"])
  const before = (await lead.snapshot(id)).release
  const about = ["--release", id, "--item", "bundle-size"]
  const args = ["evidence", "push", ...about, "--outcome", "passed", "--debug"]
  const reader = await golive(running.baseUrl, token).run(...args)
  expect(reader).toMatchObject({ code: 6, out: "" })
  expect(reader.err).not.toContain(token)
  // Refused before it was read to its end, the file must not hide why.
  const large = test.info().outputPath("large.bin")
  await writeFile(large, randomBytes(20_000_000))
  const brought = await golive(running.baseUrl, token).run("evidence", "push", ...about, "--file", large)
  expect(brought.code, brought.err).toBe(6)
  expect((await golive(running.baseUrl, token).run("release", "start", id)).code).toBe(6)
  expect((await golive(running.baseUrl, "glv_unknown-token-42").run(...args)).code).toBe(6)
  expect((await lead.snapshot(id)).release).toEqual(before)

  const who = await golive(running.baseUrl, token).run("whoami")
  expect(who).toMatchObject({ code: 0, out: expect.stringContaining("lead@postd.example") })
})

test("the gate says no with every blocker; created, shown, go, started, watched to its verdict, rolled back", async ({
  team,
  running,
}) => {
  await team.settle()
  const lead = await team.as("lead")
  const cli = golive(running.baseUrl, await mintToken(lead, ["read", "release:write", "checklist:write", "deploy"]))
  const where = ["--service", "postd", "--environment", "production"]
  const made = await cli.run("release", "create", ...where, "--ref", "v1.1.0", "--version", "1.1.0", "--quiet")
  expect(made, made.err).toMatchObject({ code: 0, err: "" })
  const id = made.out.trim()

  const shown = await cli.run("release", "show", "latest", ...where)
  expect(shown.out).toContain(id)
  expect(shown.out).toMatch(/Gate +no: \d+ in its way/)
  const no = await cli.run("gate", id)
  expect(no.code).toBe(1)
  expect(no.out).toMatch(/“Linting passed: `pnpm run lint`” is still open\. \(Tech Lead can clear it: http/)
  expect(no.out.trim().split("\n").length).toBe(
    (await (await lead.get(`/releases/${id}/gate`)).json()).blockers.length + 1,
  )
  const refused = await cli.run("release", "start", id)
  expect(refused.code).toBe(1)
  expect(refused.err).toContain("is still open")
  const proved = await cli.run("prove", id, "--item", "lint-passed", "--wait", "--timeout", "60s")
  expect(proved.code, proved.out + proved.err).toBe(0)

  const waiting = cli.start("gate", "postd/production@1.1.0", "--wait", "60s", "--json")
  await lead.tickAll(id)
  for (const [role, person] of [
    ["tech_lead", "lead"],
    ["devops", "devops"],
    ["product", "product"],
    ["security", "security"],
  ] as const) {
    expect((await (await team.as(person)).sign(id, role)).status()).toBe(200)
  }
  const go = await waiting.ended
  expect(go.code, go.err).toBe(0)
  expect(JSON.parse(go.out)).toMatchObject({ go: true, blockers: [] })

  expect((await cli.run("release", "start", id)).code).toBe(0)
  const watched = await cli.run("release", "watch", id, "--timeout", "120s")
  expect(watched.code, watched.out + watched.err).toBe(0)
  expect(watched.out).toContain("1.1.0 is live")
  expect(watched.out.trim().split("\n").at(-1)).toMatch(/^The verdict is: pass/)

  // The environment is left as it was found: the version before is live, and nothing is locked.
  expect((await cli.run("release", "rollback", id, "--reason", "The exercise is over")).code).toBe(0)
  const back = await cli.run("release", "watch", id, "--timeout", "60s", "--json")
  expect(back.code, back.out + back.err).toBe(1)
  const { release } = await lead.snapshot(id)
  expect(release.rollback?.status).toBe("done")
  const { events } = await (await lead.get(`/releases/${id}/events?limit=1000`)).json()
  for (const line of back.out.trim().split("\n").filter(Boolean)) {
    const event = JSON.parse(line)
    expect(events[event.seq - 1]).toEqual(event)
  }
  await team.settle()
})
