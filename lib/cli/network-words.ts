const WORDS: Record<string, string> = {
  ENOTFOUND: "its name cannot be resolved",
  EAI_AGAIN: "its name cannot be resolved at the moment",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "no connection in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_SOCKET: "the connection was closed before the answer was complete",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's issuer is not known (NODE_EXTRA_CA_CERTS names a file with yours)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate's issuer is not known (NODE_EXTRA_CA_CERTS names a file with yours)",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
}

/** Why a request got no answer, as the second half of a sentence. */
export function networkWords(error: unknown): string {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 10; inner = inner.cause, depth += 1) {
    if (inner.name === "TimeoutError") return "it did not answer in time"
    const { code } = inner as NodeJS.ErrnoException
    if (code && WORDS[code]) return WORDS[code]
    if (inner instanceof AggregateError && inner.errors[0] !== undefined) return networkWords(inner.errors[0])
    if (!(inner.cause instanceof Error)) return inner.message.split("\n")[0] || "no answer came"
  }
  return "no answer came"
}
