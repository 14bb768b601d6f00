import { expect, test } from "vitest"
import { tryCheck } from "@/lib/testing/conformance/try-check"
import { definition } from "./definition"

test("what another system has to send is never proved by a look", async () => {
  const config = { job: "build", from: "GitHub Actions", instructions: "Runs on every push." }
  const result = await tryCheck("external", config)
  expect(definition.provedBy).toBe("push")
  expect(result).toMatchObject({
    outcome: "errored",
    summary: "GitHub Actions has to send the result of “build”: golive evidence push",
  })
  expect(JSON.stringify(result.blocks)).toContain("golive evidence push --release")
  expect(JSON.stringify(result.blocks)).toContain("Runs on every push.")
})

test("who sends it may be left open", async () => {
  expect((await tryCheck("external", { job: "build" })).summary).toMatch(/^Another system has to send/)
  expect(definition.describe({ job: "build" })).toEqual(["Another system sends the result of “build”"])
})
