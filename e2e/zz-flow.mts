import { chromium } from "@playwright/test"
import { chromiumOptions } from "./fixtures/chromium"
import { makeTeam } from "./fixtures/team"
const version = process.argv[2] ?? "1.1.0"
const running = { baseUrl: "http://127.0.0.1:4100", serviceUrl: "", hostAdminUrl: "", dataDirectory: "/tmp/gl-data" }
const b = await chromium.launch(chromiumOptions())
const team = makeTeam(b, running)
await team.settle()
const lead = await team.as("lead")
const t0 = Date.now()
const id = await team.readyRelease(version)
console.log("ready", id, Date.now() - t0)
console.log(JSON.stringify((await (await lead.get(`/releases/${id}/gate`)).json())))
const ops = await team.as("devops")
const a = await ops.post(`/releases/${id}/deploy`); console.log(a.status(), (await a.text()).slice(0, 300))
let last = 0
const end = Date.now() + 100_000
while (Date.now() < end) {
  const { events } = await (await lead.get(`/releases/${id}/events?after=${last}&limit=1000`)).json()
  for (const e of events) { last = e.seq; console.log(e.seq, e.at.slice(14), e.type, JSON.stringify(e.data).slice(0, 230)) }
  const s = await lead.snapshot(id)
  if (["watching", "rolled_back", "preparing","rollback_failed"].includes(s.release.status)) { console.log(s.release.status, s.release.verification, s.release.rollback); if (s.release.status!=="watching") break; else break }
  await new Promise(r => setTimeout(r, 500))
}
await team.end(); await b.close()
