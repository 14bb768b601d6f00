import { createCertificateAuthority } from "@/lib/strategies/local/host/certificates/certificate-authority"

/** A certificate for servers on loopback, and the authority that it is from: nobody else trusts either. */
export async function loopbackCertificate() {
  const authority = await createCertificateAuthority()
  return { caPem: authority.caPem, ...(await authority.issue({ names: ["127.0.0.1", "localhost"] })) }
}
