import { HttpFault, type HttpFaultReason } from "@/lib/checks/ports"

const BY_CODE: Record<string, [HttpFaultReason, string]> = {
  ENOTFOUND: ["name", "the name cannot be resolved"],
  EAI_AGAIN: ["name", "the name cannot be resolved at the moment"],
  ECONNREFUSED: ["connection", "connection refused"],
  ECONNRESET: ["connection", "the connection was reset"],
  EPIPE: ["connection", "the connection was closed"],
  EHOSTUNREACH: ["connection", "the host cannot be reached"],
  ENETUNREACH: ["connection", "the network cannot be reached"],
  EADDRNOTAVAIL: ["connection", "the host cannot be reached"],
  ETIMEDOUT: ["timeout", "no connection in time"],
  UND_ERR_CONNECT_TIMEOUT: ["timeout", "no connection in time"],
  UND_ERR_HEADERS_TIMEOUT: ["timeout", "no answer in time"],
  UND_ERR_BODY_TIMEOUT: ["timeout", "the answer did not end in time"],
  UND_ERR_SOCKET: ["connection", "the connection was closed before the answer was complete"],
  UND_ERR_HEADERS_OVERFLOW: ["too_large", "the headers of the answer are too large"],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ["protocol", "the answer is shorter or longer than it said"],
  UND_ERR_INVALID_ARG: ["invalid", "no request can be made of this"],
  CERT_HAS_EXPIRED: ["tls", "the certificate has expired"],
  CERT_NOT_YET_VALID: ["tls", "the certificate is not valid yet"],
  ERR_TLS_CERT_ALTNAME_INVALID: ["tls", "the certificate is for another name"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["tls", "the certificate is self-signed"],
  SELF_SIGNED_CERT_IN_CHAIN: ["tls", "the certificate's issuer is self-signed"],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["tls", "the certificate's issuer is not known"],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["tls", "the certificate's issuer is not known"],
}

/** Any error of a request as a fault in words. */
export function faultOf(error: unknown): HttpFault {
  const faults = chain(error)
  const known = faults.find((inner) => inner instanceof HttpFault)
  if (known) return known
  for (const inner of faults) {
    const code = (inner as NodeJS.ErrnoException).code ?? ""
    const [reason, words] = BY_CODE[code] ?? []
    if (reason === "invalid") return new HttpFault(reason, `${words}: ${inner.message}`, { cause: error })
    if (reason && words) return new HttpFault(reason, words, { cause: error })
    if (code.startsWith("HPE_") || inner.name === "HTTPParserError")
      return new HttpFault("protocol", "the answer is no HTTP", { cause: error })
    if (/^(ERR_SSL|ERR_TLS|CERT_)|_CERT/.test(code)) return new HttpFault("tls", tlsWords(inner), { cause: error })
  }
  const last = faults[0]
  return new HttpFault("connection", last?.message || "no answer came", { cause: error })
}

/** The error, what caused it, and of several tried addresses each one's error. */
function chain(error: unknown): Error[] {
  const found: Error[] = []
  const todo: unknown[] = [error]
  while (todo.length > 0 && found.length < 20) {
    const next = todo.shift()
    if (!(next instanceof Error) || found.includes(next)) continue
    found.push(next)
    if (next instanceof AggregateError) todo.push(...next.errors)
    todo.push(next.cause)
  }
  return found
}

/** OpenSSL puts its reason between positions in its own source. */
function tlsWords(error: Error): string {
  const { reason } = error as Error & { reason?: string }
  return `no secure connection: ${(reason ?? error.message).split("\n")[0]?.slice(0, 200)}`
}
