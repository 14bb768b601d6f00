import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import {
  type CertificateAuthority,
  createCertificateAuthority,
  createSelfSigned,
  type Issued,
} from "@/lib/strategies/local/host/certificates/certificate-authority"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { definition, tlsConfigSchema } from "./definition"
import { serverRoom } from "./server-room.fixture"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
const pair = ({ keyPem, certPem }: Issued) => ({ key: keyPem, cert: certPem })
/** What a server needs to take part in the old versions. */
const WEAK = { minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" } as const

const room = serverRoom()
let authority: CertificateAuthority
let good: Issued
beforeAll(async () => {
  authority = await createCertificateAuthority()
  good = await authority.issue({ names: ["postd.example", "*.postd.example", "127.0.0.1"], notAfter: inDays(90.5) })
})
afterAll(() => room.close())

const check = (port: number, config: Record<string, unknown> = {}, options = {}) =>
  tryCheck(
    "tls",
    { host: "postd.example", address: "127.0.0.1", port, ca: authority.caPem, timeout: "3s", ...config },
    options,
  )
const serve = async (options: Parameters<CertificateAuthority["issue"]>[0]) =>
  room.tls(pair(await authority.issue(options)))
const bad = (result: Parameters<typeof said>[0]) => said(result).filter((line) => line.startsWith("bad"))
const untilAlone = () => vi.waitFor(() => expect(room.sockets.size).toBe(0), { timeout: 3_000 })

describe("the certificate", () => {
  test("is good: in date, for the host, trusted", async () => {
    const result = await check(await room.tls(pair(good)), { expect: { validFor: "14d" } })
    expect(result).toMatchObject({
      outcome: "passed",
      leftBehind: [],
      summary: "postd.example: the certificate is valid",
    })
    expect(said(result)).toEqual([
      expect.stringMatching(/^ok Validity: 14 days or more left \/ 90 days left, until \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
      "ok Name: postd.example / matches",
      "ok Issuer: trusted / trusted",
    ])
    await untilAlone()
  })

  test("is shown", async () => {
    const { blocks } = await check(await room.tls(pair(good)), { expect: { validFor: "14d" } })
    const block = blocks.find((candidate) => candidate.type === "facts")
    const facts = Object.fromEntries(
      block?.type === "facts" ? block.facts.map(({ label, value }) => [label, value]) : [],
    )
    expect(facts).toMatchObject({
      Subject: "CN=postd.example",
      Issuer: "CN=Golive local authority",
      Names: "postd.example, *.postd.example, 127.0.0.1",
      "Valid from": expect.stringMatching(/ UTC$/),
      "Days left": "90",
      "Serial number": expect.stringMatching(/^[0-9A-F]{32}$/),
      "SHA-256": expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      Version: "TLS 1.3",
      Cipher: expect.stringMatching(/^TLS_/),
    })
    expect(blocks).toContainEqual({
      type: "metric",
      label: "Days left",
      value: 90,
      unit: "days",
      limit: 14,
      verdict: "good",
    })
  })

  test("is about to expire", async () => {
    const port = await serve({ names: ["postd.example"], notAfter: inDays(5.5) })
    const result = await check(port, { expect: { validFor: "14d" } })
    expect(result.outcome).toBe("failed")
    expect(bad(result)).toEqual([expect.stringMatching(/^bad Validity: 14 days or more left \/ 5 days left, until /)])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ type: "metric", value: 5, limit: 14, verdict: "bad" }),
    )
    expect((await check(port)).outcome).toBe("passed")
  })

  test("has expired, or is not valid yet", async () => {
    const expired = await check(
      await serve({ names: ["postd.example"], notBefore: inDays(-90), notAfter: inDays(-2.5) }),
    )
    expect(bad(expired)).toEqual([expect.stringMatching(/^bad Validity: not expired \/ expired on \d{4}-/)])
    expect(expired.blocks).toContainEqual(expect.objectContaining({ type: "metric", value: -3, verdict: "bad" }))
    const early = await check(await serve({ names: ["postd.example"], notBefore: inDays(2), notAfter: inDays(90) }))
    expect(bad(early)).toEqual([expect.stringMatching(/^bad Validity: not expired \/ not valid before \d{4}-/)])
  })

  test("is for another host", async () => {
    const result = await check(await serve({ names: ["other.example", "www.other.example"] }))
    expect(bad(result)).toEqual(["bad Name: postd.example / for other.example, www.other.example"])
    const nameless = await check(await serve({ names: [] }))
    expect(bad(nameless)).toEqual(["bad Name: postd.example / for no name at all"])
  })

  test("wildcards stand for one label, and the common name for nothing", async () => {
    const port = await room.tls(pair(good))
    expect((await check(port, { host: "api.postd.example" })).outcome).toBe("passed")
    expect((await check(port, { host: "API.Postd.Example." })).outcome).toBe("passed")
    expect(bad(await check(port, { host: "a.b.postd.example" }))).toHaveLength(1)
    expect(bad(await check(port, { host: "127.0.0.1", servername: "xpostd.example" }))).toHaveLength(1)
    expect((await check(port, { host: "127.0.0.1" })).outcome).toBe("passed")
    expect((await check(port, { host: "127.0.0.1", address: undefined, servername: "postd.example" })).outcome).toBe(
      "passed",
    )
  })

  test("the server is asked for the name and picks its certificate by it", async () => {
    const { createSecureContext } = await import("node:tls")
    const second = await authority.issue({ names: ["second.example"] })
    const port = await room.tls({
      ...pair(good),
      SNICallback: (name, done) => done(null, createSecureContext(pair(name === "second.example" ? second : good))),
    })
    expect((await check(port, { host: "second.example" })).outcome).toBe("passed")
    expect((await check(port, { host: "127.0.0.1", servername: "second.example" })).outcome).toBe("passed")
    expect((await check(port)).outcome).toBe("passed")
  })

  test("comes from nobody who is trusted", async () => {
    const port = await room.tls(pair(await createSelfSigned({ names: ["postd.example"] })))
    expect(bad(await check(port, { ca: undefined }))).toEqual(["bad Issuer: trusted / self-signed"])
    const privately = await check(await room.tls(pair(good)), { ca: undefined })
    expect(bad(privately)).toEqual([expect.stringMatching(/^bad Issuer: trusted \/ unknown: not trusted/)])
    const other = await createCertificateAuthority("Golive local authority")
    expect(bad(await check(await room.tls(pair(good)), { ca: other.caPem }))[0]).toMatch(/^bad Issuer: trusted/)
  })

  test("everything may be wrong at once", async () => {
    const issued = await createSelfSigned({ names: ["a.example"], notAfter: inDays(1.5) })
    const result = await check(await room.tls(pair(issued)), { expect: { validFor: "2d" } })
    expect(bad(result)).toEqual([
      expect.stringMatching(/^bad Validity: 2 days or more left \/ 1 day left/),
      "bad Name: postd.example / for a.example",
      "bad Issuer: trusted / self-signed",
    ])
  })

  test("authorities may come from a variable, in one line or several; what cannot be read is said without being shown", async () => {
    const port = await room.tls(pair(good))
    const ca = "{{env.vars.TLS_CA}}"
    for (const TLS_CA of [
      authority.caPem,
      authority.caPem.replaceAll("\n", "\\n"),
      `# ours\r\n${authority.caPem}\r\n`,
    ]) {
      expect((await check(port, { ca }, { variables: { env: { vars: { TLS_CA } } } })).outcome).toBe("passed")
    }
    const broken = "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----"
    for (const [text, words] of [
      ["nothing", "holds no certificate"],
      [broken, "number 1 in `ca` cannot be read"],
    ]) {
      expect(await check(port, { ca: text })).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining(words ?? ""),
      })
    }
  })
})

describe("old versions", () => {
  const expectVersion = { certificate: "any", minVersion: "TLSv1.2" }

  test("are refused", async () => {
    const result = await check(await room.tls({ ...pair(good), minVersion: "TLSv1.2" }), { expect: expectVersion })
    expect(result).toMatchObject({
      outcome: "passed",
      summary: "postd.example: nothing older than TLS 1.2 is accepted",
    })
    expect(said(result)).toEqual([
      "ok Version: TLS 1.2 or newer / TLS 1.3",
      "ok TLS 1.0: refused / refused",
      "ok TLS 1.1: refused / refused",
    ])
    expect(result.log).toContain("Only TLS 1.0: tlsv1 alert protocol version")
    await untilAlone()
  })

  test("are accepted: each is named, whatever is agreed with clients of today", async () => {
    const result = await check(await room.tls({ ...pair(good), ...WEAK }), { expect: expectVersion })
    expect(said(result)).toEqual([
      "ok Version: TLS 1.2 or newer / TLS 1.3",
      expect.stringMatching(/^bad TLS 1\.0: refused \/ accepted, with TLS_ECDHE_/),
      expect.stringMatching(/^bad TLS 1\.1: refused \/ accepted, with TLS_ECDHE_/),
    ])
    const one = await check(await room.tls({ ...pair(good), ...WEAK, minVersion: "TLSv1.1" }), {
      expect: expectVersion,
    })
    expect(bad(one)).toEqual([expect.stringMatching(/^bad TLS 1\.1: refused/)])
  })

  test("are all there is", async () => {
    const port = await room.tls({ ...pair(good), ...WEAK, maxVersion: "TLSv1" })
    const result = await check(port, { expect: expectVersion })
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      expect.stringMatching(/^bad Handshake: a secure connection within 3 s \/ .*protocol version/),
      expect.stringMatching(/^bad TLS 1\.0: refused \/ accepted/),
    ])
  })

  test("TLS 1.3 may be asked for", async () => {
    const expected = { minVersion: "TLSv1.3" }
    const strict = await check(await room.tls({ ...pair(good), minVersion: "TLSv1.3" }), { expect: expected })
    expect(said(strict).slice(3)).toEqual([
      "ok Version: TLS 1.3 or newer / TLS 1.3",
      ...["1.0", "1.1", "1.2"].map((version) => `ok TLS ${version}: refused / refused`),
    ])
    const usual = await check(await room.tls(pair(good)), { expect: expected })
    expect(bad(usual)).toEqual([expect.stringMatching(/^bad TLS 1\.2: refused \/ accepted/)])
    const old = await check(await room.tls({ ...pair(good), maxVersion: "TLSv1.2" }), { expect: expected })
    expect(bad(old)[0]).toBe("bad Version: TLS 1.3 or newer / TLS 1.2")
  })

  test("that get no answer are not known to be refused", async () => {
    const { connect } = await import("node:net")
    const inner = await room.tls(pair(good))
    let served = 0
    // Lets the first one through and then holds everybody.
    const port = await room.plain((socket) => {
      served += 1
      if (served > 1) return void socket.resume()
      const onward = connect(inner, "127.0.0.1").on("error", () => undefined)
      socket.pipe(onward).pipe(socket)
    })
    const result = await check(port, { expect: expectVersion, timeout: "600ms" })
    expect(result).toMatchObject({
      outcome: "errored",
      summary: expect.stringMatching(/^It is not known whether TLS 1\.0 is refused: no TLS handshake/),
    })
    await untilAlone()
  })
})

describe("without a handshake", () => {
  test("nobody there, somebody who hangs up, no TLS", async () => {
    expect(said(await tryCheck("tls", { host: "127.0.0.1", port: 1, timeout: "1s" }))).toEqual([
      "bad Handshake: a secure connection within 1 s / connection refused",
    ])
    expect(said(await check(await room.plain((socket) => socket.destroy())))).toEqual([
      "bad Handshake: a secure connection within 3 s / the connection was closed",
    ])
    const plain = await check(await room.plain((socket) => socket.resume().write("SSH-2.0-Tess\r\n")))
    expect(said(plain)).toEqual(["bad Handshake: a secure connection within 3 s / what answers does not speak TLS"])
    const http = await room.plain((socket) =>
      socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")),
    )
    expect(said(await check(http, { expect: { minVersion: "TLSv1.2" } }))).toHaveLength(1)
    const nameless = await tryCheck("tls", { host: "no-such-name.invalid", timeout: "1s" })
    expect(said(nameless)).toEqual([
      expect.stringMatching(/^bad Handshake: .* \/ no-such-name\.invalid has no address$/),
    ])
  })

  test("somebody who says nothing", async () => {
    const result = await check(await room.plain((socket) => socket.resume()), { timeout: "400ms" })
    expect(said(result)).toEqual(["bad Handshake: a secure connection within 400 ms / no TLS handshake within 400 ms"])
    expect(result.tookMs).toBeLessThan(2_000)
    await untilAlone()
  })

  test("a stop ends it at once and leaves no connection", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 100)
    const port = await room.plain((socket) => socket.resume())
    const result = await check(port, { timeout: "20s" }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
    expect(result.tookMs).toBeLessThan(2_000)
    await untilAlone()
  })

  test("the fence: what is connected to counts, not what is asked for", async () => {
    const port = await room.tls(pair(good))
    for (const address of ["127.0.0.1", "localhost", "0x7f.1"]) {
      const result = await check(port, { address }, { allowPrivateNetwork: false })
      expect(result, address).toMatchObject({ outcome: "errored", summary: expect.stringContaining("loopback") })
    }
    for (const address of ["169.254.169.254", "[fe80::1]", "0.0.0.0"]) {
      expect(await check(port, { address }), address).toMatchObject({ outcome: "errored" })
    }
    expect(room.sockets.size).toBe(0)
  })
})

test("what did not change has the same result", async () => {
  const port = await room.tls(pair(good))
  const config = { expect: { validFor: "14d", minVersion: "TLSv1.2" } }
  const [one, two] = [await check(port, config), await check(port, config)]
  expect(one.outcome).toBe("passed")
  expect(stableResult(one)).toEqual(stableResult(two))
  const renewed = await serve({ names: ["postd.example"], notAfter: inDays(200) })
  expect(stableResult(await check(renewed, config))).toEqual(stableResult(one))
})

test("settings that expect nothing are refused", () => {
  const fits = (expected: object) => tlsConfigSchema.safeParse({ host: "a", expect: expected }).success
  expect(fits({})).toBe(true)
  expect(fits({ certificate: "any" })).toBe(false)
  expect(fits({ certificate: "any", minVersion: "TLSv1.2", validFor: "3d" })).toBe(false)
  expect(fits({ validFor: "2 weeks" })).toBe(false)
  expect(fits({ minVersion: "TLSv1" })).toBe(false)
  expect(tlsConfigSchema.parse({ host: "a" })).toEqual({ host: "a", port: 443, expect: { certificate: "valid" } })
})

test("says what it looks at", () => {
  const words = definition.examples.map(({ config }) => definition.describe(tlsConfigSchema.parse(config)))
  expect(words).toEqual([
    [
      "TLS of postd.example, port 443",
      "the certificate is valid for 14 more days",
      "is for postd.example",
      "comes from a public authority",
    ],
    ["TLS of postd.example, port 443", "TLS 1.2 or newer is used, anything older is refused"],
    [
      "TLS of postd.example, port 8443, at 10.0.0.12",
      "the certificate is in date",
      "is for postd.example",
      "comes from a public authority",
      "TLS 1.2 or newer is used, anything older is refused",
    ],
  ])
})
