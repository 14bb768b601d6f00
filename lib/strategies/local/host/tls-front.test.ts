import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { connect, type SecureVersion } from "node:tls"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createTlsFront, type TlsFront } from "./tls-front"

let front: TlsFront
let port = 0
beforeAll(async () => {
  const plain = createServer((_req, res) => res.end("hello"))
  const [listener] = plain.listeners("request")
  front = await createTlsFront(listener as Parameters<typeof createTlsFront>[0], () => port)
  front.server.listen(0, "127.0.0.1")
  await once(front.server, "listening")
  port = (front.server.address() as AddressInfo).port
})
afterAll(() => front.server.close())

async function shake(version?: SecureVersion): Promise<{ ok: boolean; validTo: string; names: string }> {
  const socket = connect({
    ...{ host: "127.0.0.1", port, servername: "postd.localhost", ca: front.current().caPem },
    ...(version ? { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" } : {}),
  })
  try {
    await once(socket, "secureConnect")
    const { valid_to: validTo, subjectaltname: names = "" } = socket.getPeerCertificate()
    return { ok: true, validTo, names }
  } catch {
    return { ok: false, validTo: "", names: "" }
  } finally {
    socket.destroy()
  }
}

test("presents a certificate that its authority vouches for, and no version before 1.2", async () => {
  const seen = await shake()
  expect(seen.ok).toBe(true)
  expect(seen.names).toContain("DNS:postd.localhost")
  expect((await shake("TLSv1.2")).ok).toBe(true)
  expect((await shake("TLSv1.1")).ok).toBe(false)
})

test("drills: an expired certificate, an old version, and back", async () => {
  await front.change({ notAfter: new Date(Date.now() - 60_000).toISOString() })
  expect((await shake()).ok).toBe(false)
  await front.change({ minVersion: "TLSv1" })
  expect((await shake("TLSv1")).ok).toBe(true)
  await front.change({ minVersion: "TLSv1.2" })
  expect((await shake("TLSv1")).ok).toBe(false)
  expect((await shake()).ok).toBe(true)
})
