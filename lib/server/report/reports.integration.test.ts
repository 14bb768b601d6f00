import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Report } from "@/lib/contracts/api/reports"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { verifyTimeline } from "@/lib/server/audit/verify-timeline"
import { withRelease } from "@/lib/server/commit/with-release"
import { patchFollowup } from "@/lib/server/followups/patch-followup"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { addIncidentAction } from "./add-incident-action"
import { pdfText } from "./pdf-text.fixture"
import { readReport, readReportRevisions } from "./read-report"
import { reportResponse } from "./report-response"
import { saveReport } from "./save-report"

let world: ConsoleWorld
let release: string
const incidentId = randomUUID()

beforeAll(async () => {
  world = await consoleWorld()
  release = await world.release()
  const actor = { type: "person", id: randomUUID(), name: "Olga <b>Ops</b>", role: "ops" } as const
  const plan = { resolution: "Roll back now", fixWithinMs: null, levels: [], repageMs: 900_000 }
  const cause = { kind: "person", key: null, words: "Posting [fails](javascript:alert(1))" } as const
  const events: NewEvent[] = [
    {
      type: "incident.declared",
      actor,
      data: { incidentId, number: 1, title: "Posting fails", severity: "high", cause, stages: [], plan },
    },
    { type: "incident.acknowledged", actor, data: { incidentId, note: null, repageAt: "2030-01-01T00:00:00.000Z" } },
    { type: "incident.resolved", actor, data: { incidentId, how: "fixed", words: "The pool is larger" } },
  ]
  const committed = await withRelease(release, () => ({ ok: true, events }))
  if (!committed.ok) throw new Error(committed.refusal.message)
})
afterAll(closeConsole)

const read = async (query: Record<string, string> = {}): Promise<Report> =>
  expectDone(await readReport(world.ctx("viewer"), release, incidentId, query)).report

test("a draft is edited, saved and printed; who is late is told what stands there", async () => {
  const draft = await read()
  expect(draft).toMatchObject({ kind: "incident", shown: null, saved: null, since: null })
  expect(draft.markdown).toContain("Olga \\<b>Ops\\</b>")
  expect(draft.markdown).toContain("Posting \\[fails\\](javascript:alert(1))")

  const written = draft.markdown.replace("## Root cause\n\n*To fill in.*", "## Root cause\n\nThe pool was too small.")
  expectDone(await saveReport(world.ctx("ops"), release, incidentId, { revision: 0, markdown: written }))
  const saved = await read()
  expect(saved.markdown).toContain("The pool was too small.")
  expect(saved.shown).toMatchObject({ revision: 1, by: "Person ops" })

  const late = await saveReport(world.ctx("devops"), release, incidentId, { revision: 0, markdown: "# Mine" })
  expect(late).toMatchObject({
    ok: false,
    refusal: { code: "stale", detail: { current: { revision: 1, by: "Person ops", markdown: saved.markdown } } },
  })
  const again = expectDone(await saveReport(world.ctx("ops"), release, incidentId, { revision: 1, markdown: written }))
  expect(again.events, "the same text is no new revision").toEqual([])

  const answer = await reportResponse(await readReport(world.ctx("viewer"), release, incidentId, { format: "pdf" }))
  if (!(answer instanceof Response)) throw new Error("no document was answered")
  const pdf = Buffer.from(await answer.arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
  const text = pdfText(pdf).replace(/\s+/g, " ")
  const startedAt = (await readReleaseState(release)).incidents[incidentId]?.startedAt ?? ""
  expect(text).toContain(`${startedAt.slice(11, 19)} UTC`)
  expect(text).toContain("Olga <b>Ops</b>")
  expect(text).toContain("The pool was too small.")
  expect(text).toContain(saved.textSha256)
  expect(text).toContain("Revision 1, saved by Person ops")
})

test("actions have owners; a fresh draft tells what happened since the last save", async () => {
  const people = { title: "Load-test the pool", assigneeId: world.ctx("devops").person?.id }
  const { result, events } = expectDone(await addIncidentAction(world.ctx("ops"), release, incidentId, people))
  expect(events).toMatchObject([{ type: "followup.opened", data: { list: "post_incident" } }])
  const key = result?.key ?? ""
  expectDone(await patchFollowup(world.ctx("devops"), release, key, { revision: 0, done: true, note: "Holds 500" }))
  const fresh = await read({ draft: "1" })
  expect(fresh.shown).toBeNull()
  expect(fresh.markdown).toMatch(/\| Load-test the pool \| Person devops \|.*done by Person devops.*: Holds 500 \|/)
  expect(fresh.since?.revision).toBe(1)
  expect(fresh.since?.markdown).toContain("None yet.")

  expectDone(await saveReport(world.ctx("ops"), release, incidentId, { revision: 1, markdown: fresh.markdown }))
  const untouched = await read({ draft: "1" })
  expect(untouched.markdown, "saving is no news").toBe(fresh.markdown)
  expect(untouched.since).toEqual({ revision: 2, markdown: fresh.markdown })
  const { revisions } = expectDone(await readReportRevisions(world.ctx("viewer"), release, incidentId))
  expect(revisions.map(({ revision, by }) => `${revision} ${by}`)).toEqual(["2 Person ops", "1 Person ops"])
  expect((await read({ revision: "1" })).markdown).toContain("The pool was too small.")

  const other = await addIncidentAction(world.ctx("ops"), release, incidentId, { title: "x", assigneeId: randomUUID() })
  expect(other).toMatchObject({ ok: false, refusal: { code: "invalid", field: "assigneeId" } })
  const none = await addIncidentAction(world.ctx("ops"), release, randomUUID(), { title: "x" })
  expect(none).toMatchObject({ ok: false, refusal: { code: "not_found" } })
})

test("the release has a report, too; what was saved is evidence that an audit looks at", async () => {
  const answer = expectDone(await readReport(world.ctx("viewer"), release, "release", {}))
  expect(answer.report.markdown).toContain("| 1: Posting fails | high |")
  expect(answer.report.model.figures).toMatchObject({ status: "preparing", incidents: 1, liveAt: null })
  expectDone(await saveReport(world.ctx("product"), release, "release", { revision: 0, markdown: "# Done\r\nAll." }))
  const saved = expectDone(await readReport(world.ctx("viewer"), release, "release", { format: "md" }))
  expect(saved.report.markdown).toBe("# Done\nAll.")
  const markdown = await reportResponse({ ok: true, value: saved })
  if (!(markdown instanceof Response)) throw new Error("no document was answered")
  expect(markdown.headers.get("content-type")).toBe("text/markdown; charset=utf-8")
  expect(markdown.headers.get("content-disposition")).toMatch(/^attachment; filename="release-report-.*-r1\.md"/)
  expect(expectDone(await verifyTimeline(world.ctx("admin"), release, {}))).toMatchObject({ ok: true })
})

test.each([
  ["too large", "x".repeat(200 * 1024 + 1)],
  ["too large in bytes", "é".repeat(110_000)],
  ["too intricate", "**a _b".repeat(3_000)],
  ["nothing", "  "],
  ["NUL", "a\u0000b"],
])("a text that is %s is refused by its field", async (_what, markdown) => {
  const answer = await saveReport(world.ctx("ops"), release, "release", { revision: 1, markdown })
  expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", field: "markdown" } })
})

test("who may only look may not write; who has not signed in sees nothing", async () => {
  const body = { revision: 0, markdown: "# x" }
  expect(await saveReport(world.ctx("viewer"), release, "release", body)).toMatchObject({
    ok: false,
    refusal: { code: "forbidden" },
  })
  expect(await saveReport(world.tokenCtx("ops", ["read"]), release, "release", body)).toMatchObject({
    ok: false,
    refusal: { code: "forbidden" },
  })
  expect(await readReport(world.nobody, release, "release", {})).toMatchObject({ refusal: { code: "unauthenticated" } })
  expect(await readReport(world.ctx("viewer"), release, randomUUID(), {})).toMatchObject({
    refusal: { code: "not_found" },
  })
})
