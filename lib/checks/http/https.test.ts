import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import {
  type CertificateAuthority,
  createCertificateAuthority,
} from "@/lib/strategies/local/host/certificates/certificate-authority"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let authority: CertificateAuthority
let stranger: CertificateAuthority
const servers: Server[] = []

async function start(names: string[], options: { maxVersion?: "TLSv1.2"; notAfter?: Date } = {}): Promise<string> {
  const { notAfter, ...more } = options
  const { keyPem, certPem } = await authority.issue({ names, ...(notAfter ? { notAfter } : {}) })
  const server = createServer({ key: keyPem, cert: certPem, ...more }, (_req, res) => res.end("ok"))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  servers.push(server)
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

let byAddress = ""
let byName = ""
let expired = ""
let old = ""
beforeAll(async () => {
  authority = await createCertificateAuthority()
  stranger = await createCertificateAuthority("Somebody else")
  byAddress = await start(["127.0.0.1"])
  byName = await start(["postd.example"])
  expired = await start(["127.0.0.1"], { notAfter: new Date(Date.now() - 60_000) })
  old = await start(["127.0.0.1"], { maxVersion: "TLSv1.2" })
})
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const check = (url: string, tls?: Record<string, unknown>, more = {}) =>
  tryCheck("http", { url, timeout: "5s", ...(tls ? { tls } : {}), ...more })
const answer = async (...args: Parameters<typeof check>) => said(await check(...args))[0]

test("an authority of one's own is trusted where it is named, and only there", async () => {
  expect((await check(byAddress, { ca: authority.caPem })).outcome).toBe("passed")
  expect((await check(byAddress, { ca: authority.caPem.replaceAll("\n", "\\n") })).outcome).toBe("passed")
  for (const tls of [undefined, { ca: stranger.caPem }]) {
    expect(await answer(byAddress, tls)).toMatch(
      /^bad Answer: an answer within 5 s \/ the certificate's issuer is not known$/,
    )
  }
})

test("the name of the certificate", async () => {
  const ca = authority.caPem
  expect(await answer(byName, { ca })).toMatch(/the certificate is for another name$/)
  expect((await check(byName, { ca, servername: "postd.example" })).outcome).toBe("passed")
  expect(await answer(byName, { ca, servername: "other.example" })).toMatch(/the certificate is for another name$/)
})

test("its dates, and the version", async () => {
  const ca = authority.caPem
  expect(await answer(expired, { ca })).toMatch(/the certificate has expired$/)
  expect((await check(old, { ca })).outcome).toBe("passed")
  expect(await answer(old, { ca, minVersion: "TLSv1.3" })).toMatch(/^bad Answer: .*no secure connection/)
})

test("a certificate that is not checked is seen in the result", async () => {
  for (const more of [{}, { load: { requests: 3 } }]) {
    const result = await check(expired, { allowInvalid: true }, more)
    expect(result.outcome).toBe("passed")
    expect(said(result)).toContain("ok Certificate: not checked / not checked")
  }
  expect((await check(byAddress, { allowInvalid: false })).outcome).toBe("failed")
})

test("certificates that are none are no finding", async () => {
  expect(await check(byAddress, { ca: "a s3cret that is no certificate" })).toMatchObject({
    outcome: "errored",
    summary: "`tls.ca` holds no certificate (PEM)",
  })
})
