import { createSocket } from "node:dgram"
import type { Answer } from "dns-packet"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { definition, dnsConfigSchema } from "./definition"
import { startNameServer } from "./name-server.fixture"
import { readServer } from "./read-server"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const NAME = "postd.example"
const a = (data: string, ttl = 60, name = NAME): Answer => ({ type: "A", name, ttl, data })
const txt = (data: string | string[]): Answer => ({ type: "TXT", name: NAME, ttl: 60, data })
const ZONE: Record<string, Answer[]> = {
  "A postd.example": [a("192.0.2.11", 30), a("192.0.2.10", 120)],
  "AAAA postd.example": [{ type: "AAAA", name: NAME, ttl: 60, data: "2001:db8::10" }],
  "CNAME www.postd.example": [{ type: "CNAME", name: "www.postd.example", ttl: 60, data: "Postd.Example" }],
  "A www.postd.example": [{ type: "CNAME", name: "www.postd.example", ttl: 5, data: NAME }, a("192.0.2.10")],
  "NS postd.example": ["ns1.postd.example", "ns2.postd.example"].map((data) => ({
    type: "NS",
    name: NAME,
    ttl: 60,
    data,
  })),
  "MX postd.example": [
    { type: "MX", name: NAME, ttl: 60, data: { preference: 10, exchange: "mail.postd.example" } },
    { type: "MX", name: NAME, ttl: 60, data: { preference: 20, exchange: "backup.postd.example" } },
  ],
  "TXT postd.example": [txt(["v=spf1 include:_spf.example.com ", "-all"]), txt("Site-Verification=AbC")],
  "CAA postd.example": [
    {
      type: "CAA",
      name: NAME,
      ttl: 60,
      data: { flags: 0, tag: "issue", value: "letsencrypt.org", issuerCritical: false },
    },
  ],
  "SRV _sip._tcp.postd.example": [
    {
      type: "SRV",
      name: "_sip._tcp.postd.example",
      ttl: 60,
      data: { priority: 10, weight: 5, port: 5060, target: "sip.postd.example" },
    },
  ],
}

let round = 0
let long = false
let names: Awaited<ReturnType<typeof startNameServer>>
beforeAll(async () => {
  names = await startNameServer((question) => {
    if (question.endsWith("broken.example")) return "SERVFAIL"
    if (question.endsWith("secret.example")) return "REFUSED"
    if (question.endsWith("silent.example")) return null
    if (question === "A turning.example") {
      round += 1
      return [a("192.0.2.1", 100 - round, "turning.example"), a("192.0.2.2", 100, "turning.example")]
        .slice(round > 4 ? 1 : 0)
        .sort(() => (round % 2) - 0.5)
    }
    if (question === "TXT long.example") {
      long = !long
      if (long) return "TRUNCATED"
      return Array.from({ length: 40 }, (_, index) => ({
        type: "TXT",
        name: "long.example",
        ttl: 1,
        data: `${index} ${"x".repeat(200)}`,
      }))
    }
    const known = Object.keys(ZONE).some((key) => key.endsWith(question.split(" ")[1] ?? "?"))
    return ZONE[question] ?? (known ? [] : "NXDOMAIN")
  })
})
afterAll(() => names.close())

const check = (config: Record<string, unknown> = {}, options = {}) =>
  tryCheck("dns", { name: NAME, server: names.server, timeout: "3s", ...config }, options)
const asks = async (config: Record<string, unknown>) => said(await check(config))

describe("what is found", () => {
  test("is compared, in any order", async () => {
    const result = await check({
      expect: {
        equals: ["192.0.2.10", "192.0.2.11"],
        contains: "192.0.2.11",
        matches: "^192\\.0\\.2\\.10$",
        atLeast: 2,
        ttlBelow: "5m",
        ttlAbove: "10s",
      },
    })
    expect(said(result)).toEqual([
      "ok A of postd.example: exactly 192.0.2.10, 192.0.2.11 / 192.0.2.10, 192.0.2.11",
      "ok A of postd.example: contains 192.0.2.11 / contains it",
      "ok A of postd.example: one matches ^192\\.0\\.2\\.10$ / 192.0.2.10",
      "ok A of postd.example: at least 2 / 2: 192.0.2.10, 192.0.2.11",
      "ok Remembered for (TTL): below 5 min / 2 min",
      "ok Remembered for (TTL): above 10 s / 30 s",
    ])
    expect(result).toMatchObject({
      outcome: "passed",
      leftBehind: [],
      summary: "The A records of postd.example are as expected",
    })
    expect(result.blocks).toContainEqual({
      ...{ type: "table", title: "Answers", columns: ["Record", "TTL"] },
      rows: [
        ["192.0.2.10", "120 s"],
        ["192.0.2.11", "30 s"],
      ],
    })
  })

  test("is not what was expected", async () => {
    const found = "192.0.2.10, 192.0.2.11"
    const expected = {
      equals: "192.0.2.10",
      contains: ["192.0.2.99"],
      matches: "^10\\.",
      atLeast: 3,
      ttlBelow: "1m",
      ttlAbove: "1m",
    }
    expect(await asks({ expect: expected })).toEqual([
      `bad A of postd.example: exactly 192.0.2.10 / ${found}`,
      `bad A of postd.example: contains 192.0.2.99 / ${found}`,
      `bad A of postd.example: one matches ^10\\. / ${found}`,
      `bad A of postd.example: at least 3 / 2: ${found}`,
      "bad Remembered for (TTL): below 1 min / 2 min",
      "bad Remembered for (TTL): above 1 min / 30 s",
    ])
  })

  test.each([
    ["AAAA", NAME, "2001:0DB8:0:0::10"],
    ["CNAME", "www.postd.example", "postd.example."],
    ["NS", NAME, ["ns2.postd.example", "NS1.postd.example."]],
    ["MX", NAME, ["10  mail.postd.example.", "20 backup.postd.example"]],
    ["TXT", NAME, ["v=spf1 include:_spf.example.com -all", "Site-Verification=AbC"]],
    ["CAA", NAME, '0 issue "letsencrypt.org"'],
    ["SRV", "_sip._tcp.postd.example", "10 5 5060 sip.postd.example"],
  ])("%s records of %s", async (type, name, equals) => {
    const good = await check({ type, name, expect: { equals } })
    expect(said(good)).toEqual([expect.stringMatching(/^ok /)])
    expect((await check({ type, name, expect: { equals: "another.example" } })).outcome).toBe("failed")
  })

  test("a name that stands for another one is remembered as long as the shorter of both", async () => {
    expect(await asks({ name: "www.postd.example", expect: { contains: "192.0.2.10", ttlBelow: "10s" } })).toEqual([
      "ok A of www.postd.example: contains 192.0.2.10 / contains it",
      "ok Remembered for (TTL): below 10 s / 5 s",
    ])
  })

  test("texts keep their case", async () => {
    expect((await check({ type: "TXT", expect: { contains: "site-verification=abc" } })).outcome).toBe("failed")
  })

  test("answers that do not fit a datagram are asked for again", async () => {
    const result = await check({ name: "long.example", type: "TXT", expect: { atLeast: 40 } })
    expect(result.outcome).toBe("passed")
    expect(names.asked.slice(-2)).toEqual(["TXT long.example", "TXT long.example (TCP)"])
  })

  test("answers that change are looked at afresh each time; order and age of the same ones change nothing", async () => {
    const config = { name: "turning.example", expect: { equals: ["192.0.2.1", "192.0.2.2"], ttlBelow: "2m" } }
    const results = [await check(config), await check(config), await check(config), await check(config)]
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill("passed"))
    for (const result of results) expect(stableResult(result)).toEqual(stableResult(results[0] ?? result))
    expect(said(await check(config))).toContain("bad A of turning.example: exactly 192.0.2.1, 192.0.2.2 / 192.0.2.2")
  })
})

describe("nothing is found", () => {
  test("there is no such name, or no such record", async () => {
    expect(await asks({ name: "nobody.example" })).toEqual([
      "bad A of nobody.example: at least 1 / there is no such name",
    ])
    expect(await asks({ name: "www.postd.example", type: "TXT", expect: { contains: "x" } })).toEqual([
      "bad TXT of www.postd.example: contains x / the name has no such record",
    ])
    expect(await asks({ name: "nobody.example", expect: { ttlBelow: "1m", matches: "x" } })).toEqual([
      "bad A of nobody.example: one matches x / there is no such name",
      "bad Remembered for (TTL): below 1 min / there is no such name",
    ])
  })

  test("and nothing should be", async () => {
    const gone = await check({ name: "nobody.example", expect: { exists: false } })
    expect(gone).toMatchObject({ outcome: "passed", summary: "nobody.example has no A record" })
    expect(await asks({ expect: { exists: false } })).toEqual([
      "bad A of postd.example: no record / 192.0.2.10, 192.0.2.11",
    ])
    expect((await check({ expect: { exists: true } })).outcome).toBe("passed")
  })

  test("a name server that cannot say proves nothing to be gone", async () => {
    for (const [name, words] of [
      ["broken.example", "the name server failed (SERVFAIL)"],
      ["secret.example", "the name server refused to say (REFUSED)"],
    ]) {
      for (const expected of [{}, { exists: false }]) {
        expect(await asks({ name, expect: expected })).toEqual([`bad A of ${name}: an answer within 3 s / ${words}`])
      }
    }
  })

  test("a name server that keeps silent, or is not there", async () => {
    const result = await check({ name: "silent.example", timeout: "500ms" })
    expect(said(result)).toEqual(["bad A of silent.example: an answer within 500 ms / no answer"])
    expect(result.tookMs).toBeLessThan(2_000)
    const free = await freePort()
    expect(await asks({ server: `127.0.0.1:${free}`, timeout: "500ms" })).toEqual([
      expect.stringMatching(/^bad A of postd\.example: an answer within 500 ms \/ no /),
    ])
  })

  test("what is no name is not asked for", async () => {
    const before = names.asked.length
    for (const name of ["a b.example", "a..example", "x".repeat(70)]) {
      expect(await check({ name }), name).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining("is no name"),
      })
    }
    expect(names.asked.length).toBe(before)
  })
})

test("the fence: name servers that are not to be asked are not", async () => {
  const before = names.asked.length
  expect(await check({}, { allowPrivateNetwork: false })).toMatchObject({
    ...{ outcome: "errored", summary: expect.stringContaining("127.0.0.1 is a loopback address") },
  })
  for (const server of [
    "169.254.169.253",
    "[fd00:ec2::253]:53",
    "0.0.0.0",
    "no-such-name.invalid",
    "a b",
    "1.2.3.4:99999",
  ]) {
    expect(await check({ server }), server).toMatchObject({ outcome: "errored" })
  }
  expect(names.asked.length).toBe(before)
})

test("a stop ends it at once", async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error("enough")), 100)
  const result = await check({ name: "silent.example", timeout: "20s" }, { signal: stop.signal })
  expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
  expect(result.tookMs).toBeLessThan(2_000)
})

test.each([
  ["192.0.2.53", { host: "192.0.2.53", port: 53 }],
  ["192.0.2.53:5353", { host: "192.0.2.53", port: 5353 }],
  ["2001:db8::53", { host: "2001:db8::53", port: 53 }],
  ["[2001:db8::53]:5353", { host: "2001:db8::53", port: 5353 }],
  ["ns1.postd.example", { host: "ns1.postd.example", port: 53 }],
  ["192.0.2.53:0", null],
  ["192.0.2.53:", null],
  ["udp://192.0.2.53", null],
])("the name server %s", (text, wanted) => {
  if (wanted) expect(readServer(text)).toEqual(wanted)
  else expect(() => readServer(text)).toThrow("is no name server")
})

test("settings that make no sense are refused", () => {
  const fits = (config: object) => dnsConfigSchema.safeParse({ name: NAME, ...config }).success
  expect(fits({ type: "MX", expect: { ttlBelow: "1m" } })).toBe(false)
  expect(fits({ expect: { exists: false, atLeast: 1 } })).toBe(false)
  expect(fits({ type: "ANY" })).toBe(false)
  expect(fits({ type: "AAAA", expect: { ttlBelow: "1m" } })).toBe(true)
})

test("says what it looks at", () => {
  const [first] = definition.examples.map(({ config }) => definition.describe(dnsConfigSchema.parse(config)))
  expect(first).toEqual([
    "A records of postd.example",
    "are exactly 192.0.2.10, 192.0.2.11",
    "may be remembered for less than 5m",
  ])
})

async function freePort(): Promise<number> {
  const socket = createSocket("udp4")
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(resolve))
  return port
}
