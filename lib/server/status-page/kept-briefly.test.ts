import { expect, test } from "vitest"
import { keptBriefly } from "./kept-briefly"

function counted(forMs = 10, atMost = 2) {
  const clock = { ms: 0 }
  const asked: string[] = []
  const kept = keptBriefly({ forMs, atMost, nowMs: () => clock.ms }, async (key: string) => {
    asked.push(key)
    return `${key} ${asked.length}`
  })
  return { clock, asked, kept }
}

test("a thousand who ask at once are one question", async () => {
  const { kept, asked } = counted()
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => kept.get("postd")))
  expect(new Set(answers)).toEqual(new Set(["postd 1"]))
  expect(asked).toHaveLength(1)
})

test("it is asked again once the time is over, and not before", async () => {
  const { kept, clock } = counted()
  await kept.get("postd")
  clock.ms = 9
  expect(await kept.get("postd")).toBe("postd 1")
  clock.ms = 10
  expect(await kept.get("postd")).toBe("postd 2")
})

test("the oldest gives way: however many names are asked for, memory does not grow", async () => {
  const { kept, asked } = counted()
  for (const key of ["a", "b", "c", "b", "a"]) await kept.get(key)
  expect(asked).toEqual(["a", "b", "c", "a"])
})

test("a failure is not kept", async () => {
  let failing = true
  const kept = keptBriefly({ forMs: 1_000, atMost: 1 }, async () => {
    if (failing) throw new Error("the database is away")
    return "fine"
  })
  await expect(kept.get("postd")).rejects.toThrow("away")
  failing = false
  expect(await kept.get("postd")).toBe("fine")
})

test("what is forgotten is asked for again", async () => {
  const { kept } = counted()
  await kept.get("postd")
  kept.forget()
  expect(await kept.get("postd")).toBe("postd 2")
})
