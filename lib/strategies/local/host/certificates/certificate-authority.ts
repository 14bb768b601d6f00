import "./reflect-metadata"
import { isIP } from "node:net"
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509"

const DAY_MS = 86_400_000
const KEYS = { name: "ECDSA", namedCurve: "P-256" } as const
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const

export interface IssueOptions {
  /** Host names, wildcards and IP addresses. The first one is the subject's common name too. */
  names: string[]
  /** Default: an hour ago, so that clocks may differ a little. */
  notBefore?: Date
  /** Default: in 90 days. */
  notAfter?: Date
}

export interface Issued {
  keyPem: string
  certPem: string
}

export interface CertificateAuthority {
  caPem: string
  issue(options: IssueOptions): Promise<Issued>
}

/** A small authority of its own keys, for servers on this machine. Nobody trusts it who was not handed `caPem`. */
export async function createCertificateAuthority(commonName = "Golive local authority"): Promise<CertificateAuthority> {
  const keys = await makeKeys()
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: makeSerial(),
    name: [{ CN: [commonName] }],
    notBefore: new Date(Date.now() - 3_650 * DAY_MS),
    notAfter: new Date(Date.now() + 3_650 * DAY_MS),
    keys,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  })

  const issue = (options: IssueOptions) => makeServerCertificate(options, { name: ca.subject, keys })
  return { caPem: ca.toString("pem"), issue }
}

/** A certificate that nobody but itself vouches for. */
export function createSelfSigned(options: IssueOptions): Promise<Issued> {
  return makeServerCertificate(options, null)
}

async function makeServerCertificate(
  { names, notBefore, notAfter }: IssueOptions,
  issuer: { name: string; keys: CryptoKeyPair } | null,
): Promise<Issued> {
  const own = await makeKeys()
  const subject = [{ CN: [names[0] ?? "unnamed"] }]
  const certificate = await X509CertificateGenerator.create({
    serialNumber: makeSerial(),
    subject,
    issuer: issuer?.name ?? subject,
    notBefore: notBefore ?? new Date(Date.now() - 3_600_000),
    notAfter: notAfter ?? new Date(Date.now() + 90 * DAY_MS),
    publicKey: own.publicKey,
    signingKey: (issuer?.keys ?? own).privateKey,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await SubjectKeyIdentifierExtension.create(own.publicKey, false),
      await AuthorityKeyIdentifierExtension.create((issuer?.keys ?? own).publicKey, false),
      ...(names.length > 0 ? [alternativeNames(names)] : []),
    ],
  })
  return { keyPem: await pemOf(own.privateKey), certPem: certificate.toString("pem") }
}

const makeKeys = () => crypto.subtle.generateKey(KEYS, true, ["sign", "verify"])

/** A leading zero byte would be one too many, and a set first bit a negative number. */
function makeSerial(): string {
  const bytes = crypto.getRandomValues(Buffer.alloc(16))
  bytes[0] = (bytes.readUInt8(0) & 0x7f) | 0x40
  return bytes.toString("hex")
}

function alternativeNames(names: string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) ? ("ip" as const) : ("dns" as const), value })),
  )
}

async function pemOf(key: CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")
}
