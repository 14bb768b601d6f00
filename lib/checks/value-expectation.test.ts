import { expect, test } from "vitest"
import { matchPattern } from "@/lib/server/checks/match-pattern"
import { readServerUrl, sayAddress } from "./server-url"
import { judgeCount, judgeValue, type ValueExpectation } from "./value-expectation"

const holds = (expected: ValueExpectation, actual: string | null) =>
  judgeValue("x", expected, actual, matchPattern).every(({ ok }) => ok)

test("numbers are compared as numbers, whatever they are written like", () => {
  expect(holds({ equals: 5 }, "5.00")).toBe(true)
  expect(holds({ equals: "5" }, "5.00")).toBe(false)
  expect(holds({ above: "9007199254740992" }, "9007199254740993")).toBe(true)
  expect(holds({ equals: 0 }, "-0")).toBe(true)
  expect(holds({ atMost: 1e3 }, "1e3")).toBe(true)
  expect(holds({ below: "1KB" }, "1023")).toBe(true)
  expect(holds({ below: "1KB" }, "1024")).toBe(false)
  expect(holds({ atLeast: "1.5 MB" }, "1572864")).toBe(true)
})

test("what is no number is beyond every limit", () => {
  for (const actual of [null, "", " ", "NaN", "Infinity", "-Infinity", "1,5", "0x10", "12px", "１２"]) {
    for (const expected of [{ below: 10 }, { above: -10 }, { equals: 0 }]) {
      expect(holds(expected, actual), `${actual} ${JSON.stringify(expected)}`).toBe(false)
    }
  }
})

test("a limit that is filled in and is no number is an error in words", () => {
  expect(() => holds({ below: "Infinity" }, "1")).toThrow('"Infinity" is no number')
})

test("texts, truth and nothing", () => {
  expect(holds({ equals: true }, "true")).toBe(true)
  expect(holds({ equals: null }, null)).toBe(true)
  expect(holds({ equals: null }, "")).toBe(false)
  expect(holds({ equals: "" }, "")).toBe(true)
  expect(holds({ matches: "^$" }, null)).toBe(false)
  const [judged] = judgeValue("x", { equals: "a" }, `\u0000${"b".repeat(5_000)}\ud800`, matchPattern)
  expect(judged?.actual.length).toBeLessThanOrEqual(200)
  expect(judged?.actual).not.toContain("\u0000")
  expect(judgeCount("Jobs", { below: 3 }, 2, "jobs")).toEqual([
    { what: "Jobs", expected: "below 3 jobs", actual: "2 jobs", ok: true, volatile: true },
  ])
})

test("of an address only placeholders are shown", () => {
  expect(sayAddress("{{secret.DATABASE_URL}}")).toBe("{{secret.DATABASE_URL}}")
  expect(sayAddress("postgresql://u:Pa55@{{env.vars.HOST}}/d")).toBe("the address given")
})

test("the parts of an address, escaped ones too", () => {
  expect(readServerUrl(" redis://us%40er:p%3A%2Fw@[::1]:7000/2?a=b \n", ["redis"], 6379)).toMatchObject({
    ...{ host: "::1", port: 7000, user: "us@er", password: "p:/w", path: "2" },
  })
  expect(readServerUrl("redis://h", ["redis"], 6379)).toMatchObject({
    port: 6379,
    user: null,
    password: null,
    path: "",
  })
  const secret = "Pa55-w0rd"
  for (const text of [
    `redis://u:${secret}#@h`,
    `redis://u:${secret}@h:x`,
    `redis://u:${secret}%@h`,
    `foo://u:${secret}@h`,
  ]) {
    let said = ""
    try {
      readServerUrl(text, ["redis"], 6379)
    } catch (error) {
      said = String(error)
    }
    expect(said, text).toMatch(/^Error: The address/)
    expect(said).not.toContain(secret)
  }
})
