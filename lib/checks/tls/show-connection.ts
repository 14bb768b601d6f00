import type { EvidenceBlock, EvidenceVerdict } from "@/lib/contracts/evidence"
import { short } from "../answer"
import { sayVersion, type TlsConfig, wholeDays } from "./definition"
import { datesOf, daysLeft, namesOf, sayTime } from "./judge-certificate"
import type { Handshake } from "./shake-hands"

const MOST_CHARS = 1_000

/** What the server showed and agreed to, for people. */
export function showConnection(
  config: TlsConfig,
  { protocol, cipher, certificate }: Extract<Handshake, { state: "done" }>,
  nowMs: number,
): EvidenceBlock[] {
  const fact = (label: string, value: string) => ({
    label,
    value: short(value, MOST_CHARS),
    verdict: "neutral" as const,
  })
  const agreed = [fact("Version", sayVersion(protocol)), fact("Cipher", cipher)]
  if (!certificate) return [{ type: "facts", title: "Connection", facts: agreed }]
  const { fromMs, toMs } = datesOf(certificate)
  const left = daysLeft(certificate, nowMs)
  return [
    {
      type: "facts",
      title: "Certificate",
      facts: [
        fact("Subject", oneLine(certificate.subject) || "none"),
        fact("Issuer", oneLine(certificate.issuer) || "none"),
        fact("Names", namesOf(certificate).join(", ") || "none"),
        fact("Valid from", sayTime(fromMs)),
        fact("Valid until", sayTime(toMs)),
        fact("Days left", String(left)),
        fact("Serial number", certificate.serialNumber),
        fact("SHA-256", certificate.fingerprint256),
        ...agreed,
      ],
    },
    daysBlock(config, left),
  ]
}

function daysBlock({ expect }: TlsConfig, value: number): EvidenceBlock {
  const label = "Days left"
  if (expect.certificate === "any") return { type: "metric", label, value, unit: "days", verdict: "neutral" }
  const limit = wholeDays(expect.validFor ?? "0d")
  const verdict: EvidenceVerdict = value >= limit ? "good" : "bad"
  return { type: "metric", label, value, unit: "days", limit, verdict }
}

const oneLine = (name: string | undefined) => (name ?? "").split("\n").join(", ")
