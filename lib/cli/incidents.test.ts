import { afterEach, expect, test } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { runCli } from "./run-cli.fixture"

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"
const incident = (id: string, number: number, status = "open") => ({
  id,
  number,
  status,
  title: `It is down ${number}`,
})
const ENTRY = {
  ...{ id: "i", releaseId: ID, releaseName: "POSTD 1.2.0", number: 1, title: "It is down", severity: "critical" },
  ...{ status: "open", startedAt: "2026-11-23T16:00:00.000Z" },
}

let stop: (() => Promise<void>) | undefined
afterEach(() => stop?.())

/** A console whose release has these incidents, and that says yes to every act. */
async function consoleWith(...incidents: ReturnType<typeof incident>[]) {
  const acts: { url?: string; body: unknown }[] = []
  const server = await startAnswering((req, res, body) => {
    const answer = (value: unknown) => {
      res.writeHead(200, { "content-type": "application/json; charset=utf-8" })
      res.end(JSON.stringify(value))
    }
    if (req.method === "POST") {
      acts.push({ url: req.url, body: JSON.parse(body) })
      return answer({ release: {}, events: [] })
    }
    if (req.url?.startsWith("/api/v1/incidents")) return answer({ incidents: [ENTRY], url: req.url })
    const release = { id: ID, incidents: Object.fromEntries(incidents.map((each) => [each.id, each])) }
    answer({ release, environment: {}, gate: {}, cursors: {} })
  })
  stop = server.close
  return { url: server.url("").replace(/\/$/, ""), acts }
}

test("the only open incident is the one that is meant; a number names another", async () => {
  const { url, acts } = await consoleWith(incident("a", 1, "resolved"), incident("b", 2))
  const { code, out } = await runCli(["incident", "ack", ID, "--note", "On it"], { url })
  expect({ code, out }).toEqual({ code: 0, out: "Incident 2 (It is down 2) is acknowledged.\n" })
  const resolve = ["incident", "resolve", ID, "--how", "fixed", "--words", "Done", "--number", "1"]
  expect((await runCli(resolve, { url })).code).toBe(0)
  expect(acts).toEqual([
    { url: `/api/v1/releases/${ID}/incidents/b/acknowledge`, body: { note: "On it" } },
    { url: `/api/v1/releases/${ID}/incidents/a/resolve`, body: { how: "fixed", words: "Done" } },
  ])
})

test("none, or several, and nothing is guessed", async () => {
  const none = await consoleWith(incident("a", 1, "resolved"))
  expect(await runCli(["incident", "ack", ID], { url: none.url })).toMatchObject({
    ...{ code: 1, err: "No incident is open.\n" },
  })
  await stop?.()
  const two = await consoleWith(incident("a", 1), incident("b", 2))
  expect(await runCli(["incident", "ack", ID], { url: two.url })).toMatchObject({
    ...{ code: 1, err: "Several incidents are open: say --number (1, 2).\n" },
  })
  expect([...none.acts, ...two.acts]).toEqual([])
})

test("declares with what was seen; a severity that there is not is a wrong command line", async () => {
  const { url, acts } = await consoleWith()
  const declare = ["incident", "declare", ID, "--title", "No logins", "--words", "500", "--severity"]
  expect((await runCli([...declare, "fatal"], { url })).code).toBe(2)
  expect((await runCli([...declare, "critical"], { url })).code).toBe(0)
  const body = { title: "No logins", words: "500", severity: "critical" }
  expect(acts).toEqual([{ url: `/api/v1/releases/${ID}/incidents`, body }])
})

test("lists with what it was asked for", async () => {
  const { url } = await consoleWith()
  const { out, code } = await runCli(["incident", "list", "--status", "unresolved"], { url })
  expect(code).toBe(0)
  expect(out).toContain("critical  open          POSTD 1.2.0 #1  It is down")
  const json = JSON.parse((await runCli(["incident", "list", "--service", "postd", "--json"], { url })).out)
  expect(json.url).toBe("/api/v1/incidents?service=postd")
})
