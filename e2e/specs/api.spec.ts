import { expect, test } from "../fixtures/team"

test("an unready release does not start, and every blocker is named", async ({ team }) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const answer = await lead.post(`/releases/${id}/deploy`)
  expect(answer.status()).toBe(409)
  expect(answer.headers()["content-type"]).toContain("application/problem+json")
  const problem = await answer.json()
  expect(problem.code).toBe("not_ready")
  const { release } = await lead.snapshot(id)
  const [items, signoffs] = [Object.keys(release.items).length, Object.keys(release.signoffs).length]
  expect(problem.blockers.filter((b: { code: string }) => b.code === "checklist_open")).toHaveLength(items)
  expect(problem.blockers.filter((b: { code: string }) => b.code === "signoff_pending")).toHaveLength(signoffs)
  const gate = await (await lead.get(`/releases/${id}/gate`)).json()
  expect(gate.go).toBe(false)
  expect(gate.blockers).toEqual(problem.blockers)
})

test("a stale edit is refused with the current state", async ({ team }) => {
  const [lead, devops] = [await team.as("lead"), await team.as("devops")]
  const id = await lead.create("1.1.0")
  const item = Object.values((await lead.snapshot(id)).release.items)[0]
  if (!item) throw new Error("the release has no items")
  const path = `/releases/${id}/checklist/${item.key}`
  const first = await lead.patch(path, { revision: item.revision, state: "passed", note: "Done" })
  expect(first.status()).toBe(200)
  const second = await devops.patch(path, { revision: item.revision, state: "failed", note: "No" })
  expect(second.status()).toBe(409)
  const problem = await second.json()
  expect(problem.code).toBe("stale")
  expect(problem.current).toMatchObject({ key: item.key, state: "passed", revision: item.revision + 1 })
  expect((await devops.snapshot(id)).release.items[item.key]?.state).toBe("passed")
})

test("a change after signing voids the signature and says why", async ({ team }) => {
  const id = await team.readyRelease("1.1.0")
  const lead = await team.as("lead")
  const item = Object.values((await lead.snapshot(id)).release.items)[0]
  if (!item) throw new Error("the release has no items")
  const answer = await lead.patch(`/releases/${id}/checklist/${item.key}`, { revision: item.revision, state: "open" })
  expect(answer.status()).toBe(200)
  const { release } = await lead.snapshot(id)
  for (const signoff of Object.values(release.signoffs)) {
    expect(signoff?.status).toBe("void")
    expect(signoff?.reason).toContain(item.title)
  }
})

test("bad bodies are refused by field, nothing is written, no stack is shown", async ({ team }) => {
  const lead = await team.as("lead")
  const before = (await (await lead.get("/releases")).json()).releases.length
  for (const [body, field] of [
    [{ service: "postd", environment: "production", version: "9", ref: "--upload-pack=x" }, "ref"],
    [{ service: "postd", environment: "production", version: "", ref: "v1.1.0" }, "version"],
    [{ service: "postd", environment: "production", version: "1", ref: "v1.1.0", status: "live" }, "status"],
    [{ service: "postd", environment: "production", version: "1", ref: "no-such-ref" }, "ref"],
  ] as const) {
    const answer = await lead.post("/releases", body)
    expect(answer.status()).toBe(422)
    const text = await answer.text()
    expect(text).toContain(field)
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d+/)
  }
  expect((await (await lead.get("/releases")).json()).releases.length).toBe(before)
})

test("another site cannot write with a person's cookie", async ({ team, running }) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const cookie = await lead.get("/me")
  expect(cookie.status()).toBe(200)
  const outside = await fetch(`${running.baseUrl}/api/v1/releases/${id}/deploy`, { method: "POST" })
  expect(outside.status).toBe(401)
})

test("nobody, and the wrong role, are refused", async ({ team, running }) => {
  const id = await (await team.as("lead")).create("1.1.0")
  expect((await fetch(`${running.baseUrl}/api/v1/releases/${id}`)).status).toBe(401)
  const viewer = await team.as("viewer")
  expect((await viewer.post(`/releases/${id}/deploy`)).status()).toBe(403)
  expect((await (await team.as("product")).sign(id, "security")).status()).toBe(403)
})

test("a token reads and ticks within its scopes, and cannot sign", async ({ team, running }) => {
  const lead = await team.as("lead")
  const id = await lead.create("1.1.0")
  const minted = await lead.post("/tokens", { name: "ci", scopes: ["read"] })
  expect(minted.status(), await minted.text()).toBe(201)
  const { token } = await minted.json()
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const url = `${running.baseUrl}/api/v1/releases/${id}`
  expect((await fetch(url, { headers })).status).toBe(200)
  expect((await fetch(`${url}/deploy`, { method: "POST", headers })).status).toBe(403)
  const sign = await fetch(`${url}/signoffs/tech_lead`, {
    method: "POST",
    headers,
    body: JSON.stringify({ password: "x", items: [] }),
  })
  expect(sign.status).toBe(403)
})

test("the timeline verifies and can be paged by sequence", async ({ team }) => {
  const id = await team.readyRelease("1.1.0")
  const lead = await team.as("lead")
  const verify = await (await lead.get(`/releases/${id}/audit/verify`)).json()
  expect(verify.ok).toBe(true)
  const { events } = await (await lead.get(`/releases/${id}/events?after=0&limit=1000`)).json()
  expect(events.map((e: { seq: number }) => e.seq)).toEqual(events.map((_: unknown, i: number) => i + 1))
  const after = await (await lead.get(`/releases/${id}/events?after=5&limit=3`)).json()
  expect(after.events.map((e: { seq: number }) => e.seq)).toEqual([6, 7, 8])
})
