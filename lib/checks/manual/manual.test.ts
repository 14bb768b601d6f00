import { expect, test } from "vitest"
import { tryCheck } from "@/lib/testing/conformance/try-check"
import { definition } from "./definition"

test("what a person has to say is never proved by a look", async () => {
  const result = await tryCheck("manual", { instructions: "Count the users." })
  expect(definition.provedBy).toBe("person")
  expect(result).toMatchObject({ outcome: "errored", summary: "A person has to say so" })
  expect(result.blocks).toEqual([{ type: "text", title: "What to look at", text: "Count the users." }])
})

test("its instructions are its words, line by line", () => {
  const instructions = "Restore last night's backup:\n\n- count the users\n  2. compare\n"
  expect(definition.describe({ instructions })).toEqual(["Restore last night's backup:", "count the users", "compare"])
  expect(definition.describe({})).toEqual(["A person looks, says so, and brings the proof."])
  expect(definition.describe({ instructions: " \n" })).toEqual(["A person looks, says so, and brings the proof."])
})
