import type { X509Certificate } from "node:crypto"
import { isIP } from "node:net"
import { domainToASCII } from "node:url"
import { short } from "../answer"
import type { Expectation } from "../ports"

const DAY_MS = 86_400_000

export interface CertificateQuestion {
  certificate: X509Certificate
  chainFault: string | null
  /** The host name or address that it must be for. */
  name: string
  wantedDays: number
  nowMs: number
}

/** In date, for this name, and from somebody who is trusted: one expectation each. */
export function judgeCertificate({ certificate, chainFault, name, wantedDays, nowMs }: CertificateQuestion) {
  const dates = judgeDates(certificate, wantedDays, nowMs)
  const names = judgeName(certificate, name)
  // OpenSSL tells one fault, and dates come last: of an expired certificate nothing is known about its issuer.
  if (!dates.inDate && chainFault && ABOUT_DATES.has(chainFault)) return [dates.expectation, names]
  const actual = chainFault ? (CHAIN_WORDS[chainFault] ?? chainFault) : "trusted"
  return [dates.expectation, names, { what: "Issuer", expected: "trusted", actual, ok: chainFault === null }]
}

function judgeDates(certificate: X509Certificate, wantedDays: number, nowMs: number) {
  const { fromMs, toMs } = datesOf(certificate)
  const inDate = fromMs <= nowMs && nowMs < toMs
  const ok = fromMs <= nowMs && toMs - nowMs >= wantedDays * DAY_MS && inDate
  const actual =
    nowMs < fromMs
      ? `not valid before ${sayTime(fromMs)}`
      : nowMs < toMs
        ? `${sayDays(daysLeft(certificate, nowMs))} left, until ${sayTime(toMs)}`
        : `expired on ${sayTime(toMs)}`
  const expected = wantedDays > 0 ? `${sayDays(wantedDays)} or more left` : "not expired"
  const expectation: Expectation = { what: "Validity", expected, actual, ok, volatile: true }
  return { inDate, expectation }
}

/** As browsers do: only the alternative names count, and a wildcard stands for one label. */
function judgeName(certificate: X509Certificate, name: string): Expectation {
  const host = name.replace(/\.$/, "")
  const ok = isIP(host)
    ? certificate.checkIP(host) !== undefined
    : certificate.checkHost(domainToASCII(host) || host, { subject: "never", partialWildcards: false }) !== undefined
  const names = namesOf(certificate)
  const actual = ok ? "matches" : names.length > 0 ? `for ${short(names.join(", "))}` : "for no name at all"
  return { what: "Name", expected: name, actual, ok }
}

export function datesOf({ validFrom, validTo }: X509Certificate): { fromMs: number; toMs: number } {
  return { fromMs: Date.parse(validFrom), toMs: Date.parse(validTo) }
}

/** Whole days, rounded down; below zero once it has expired. */
export function daysLeft(certificate: X509Certificate, nowMs: number): number {
  return Math.floor((datesOf(certificate).toMs - nowMs) / DAY_MS)
}

export function namesOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? "")
    .split(", ")
    .map((name) => name.replace(/^(DNS|IP Address):/, ""))
    .filter((name) => name !== "")
}

export function sayTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`
}

const sayDays = (days: number) => `${days} ${days === 1 ? "day" : "days"}`

const ABOUT_DATES = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"])

const CHAIN_WORDS: Record<string, string> = {
  CERT_HAS_EXPIRED: "a certificate of the issuer has expired",
  CERT_NOT_YET_VALID: "a certificate of the issuer is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "unknown: a certificate between it and the authority is missing",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown: not trusted, or a certificate in between is missing",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown: not trusted, or a certificate in between is missing",
  CERT_SIGNATURE_FAILURE: "the signature does not hold",
  CERT_REVOKED: "revoked",
  INVALID_CA: "issued by a certificate that is no authority's",
  INVALID_PURPOSE: "not meant for servers",
}
