import { X509Certificate } from "node:crypto"
import { createSecureContext } from "node:tls"
import { expect, test } from "vitest"
import { createCertificateAuthority } from "./certificate-authority"

test("issues certificates that its own certificate vouches for", async () => {
  const authority = await createCertificateAuthority()
  const notAfter = new Date(Date.now() + 3 * 86_400_000)
  const { certPem, keyPem } = await authority.issue({
    names: ["postd.example", "*.postd.example", "127.0.0.1"],
    notAfter,
  })
  const [ca, certificate] = [new X509Certificate(authority.caPem), new X509Certificate(certPem)]
  expect(ca.ca).toBe(true)
  expect(certificate.ca).toBe(false)
  expect(certificate.checkIssued(ca)).toBe(true)
  expect(certificate.verify(ca.publicKey)).toBe(true)
  expect(certificate.subjectAltName).toBe("DNS:postd.example, DNS:*.postd.example, IP Address:127.0.0.1")
  expect(certificate.checkHost("api.postd.example")).toBe("*.postd.example")
  expect(Math.abs(Date.parse(certificate.validTo) - notAfter.getTime())).toBeLessThan(1_000)
  expect(() => createSecureContext({ key: keyPem, cert: certPem })).not.toThrow()
})

test("another authority vouches for nothing of it", async () => {
  const [one, other] = [await createCertificateAuthority(), await createCertificateAuthority()]
  const certificate = new X509Certificate((await one.issue({ names: ["postd.example"] })).certPem)
  expect(certificate.verify(new X509Certificate(other.caPem).publicKey)).toBe(false)
})
