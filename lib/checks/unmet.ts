import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged } from "./answer"
import { sayDuration } from "./duration"
import type { CheckPorts, CheckResult, Expectation } from "./ports"
import { HttpFault } from "./ports"
import type { TimeLimit } from "./time-limit"

/** An expectation without which nothing else can be looked at: it is known not to be met. */
export class Unmet extends Error {
  readonly expectation: Expectation

  constructor(what: string, expected: string, actual: string) {
    super(`${what}: expected ${expected}, got ${actual}`)
    this.name = "Unmet"
    this.expectation = { what, expected, actual, ok: false }
  }
}

/** The address that a name stands for. A name without one is a finding; what the fence refuses is not. */
export async function findServer(host: string, ports: CheckPorts): Promise<{ address: string; family: 4 | 6 }> {
  try {
    return await ports.address(host)
  } catch (error) {
    if (error instanceof HttpFault && error.reason === "name") throw new Unmet("Connection", "open", error.message)
    throw error
  }
}

/** What is known of a server that was not looked at to the end. Throws again what is no finding about it. */
export function unmetResult(error: unknown, ports: CheckPorts, limit: TimeLimit, blocks: EvidenceBlock[]): CheckResult {
  ports.signal.throwIfAborted()
  if (limit.isOver()) {
    const said = sayDuration(limit.timeoutMs)
    const late = { what: "Answer", expected: `within ${said}`, actual: `none within ${said}`, ok: false }
    return judged([late], blocks, { passed: "" })
  }
  if (!(error instanceof Unmet)) throw error
  return judged([error.expectation], blocks, { passed: "" })
}

const NETWORK: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "the host cannot be reached",
  EHOSTDOWN: "the host cannot be reached",
}

const CERTIFICATE: Record<string, string> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "comes from an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "comes from an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "comes from an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "comes from an authority that is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "is for another host",
}

/** What a socket's error says about the server, or null where it says nothing. */
export function socketUnmet(error: unknown, host: string): Unmet | null {
  const { code = "", reason } = (error ?? {}) as NodeJS.ErrnoException & { reason?: string }
  const network = NETWORK[code]
  if (network) return new Unmet("Connection", "open", network)
  const certificate = CERTIFICATE[code]
  if (certificate) return new Unmet("Certificate", `valid for ${host}`, `it ${certificate}`)
  if (!/^ERR_SSL_/.test(code)) return null
  const speaksNone = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/.test(code)
  return new Unmet("TLS", "agreed on", speaksNone ? "what answers does not speak TLS" : (reason ?? code))
}
