import type { RequestListener } from "node:http"
import { createServer, type Server } from "node:https"
import { createCertificateAuthority } from "./certificates/certificate-authority"
import type { SetTls, TlsState } from "./contract"

/** What visitors' names mean on this machine: resolves to it wherever `localhost` does. */
const NAMES = ["postd.localhost", "localhost", "127.0.0.1"]
const VALID_DAYS = 90
const DAY_MS = 86_400_000

export interface TlsFront {
  server: Server
  current(): TlsState
  /** Presents another certificate, or offers other versions, from the next connection on: for drills. */
  change(wanted: SetTls): Promise<TlsState>
}

/**
 * The same visitors' port over TLS, with a certificate of an authority made at this start: who wants to check the chain
 * asks the admin API for the authority's certificate.
 */
export async function createTlsFront(listener: RequestListener, port: () => number): Promise<TlsFront> {
  const authority = await createCertificateAuthority()
  let state = { names: NAMES, minVersion: "TLSv1.2" as TlsState["minVersion"], notAfter: "" }
  const server = createServer({}, listener)
  server.keepAliveTimeout = 75_000
  server.requestTimeout = 0

  async function change(wanted: SetTls): Promise<TlsState> {
    const next = {
      names: wanted.names ?? state.names,
      minVersion: wanted.minVersion ?? state.minVersion,
      notAfter: wanted.notAfter ?? new Date(Date.now() + VALID_DAYS * DAY_MS).toISOString(),
    }
    const notAfter = new Date(next.notAfter)
    const hourAgo = Date.now() - 3_600_000
    const notBefore = new Date(Math.min(hourAgo, notAfter.getTime() - DAY_MS))
    const issued = await authority.issue({ names: next.names, notBefore, notAfter })
    const isOld = next.minVersion === "TLSv1" || next.minVersion === "TLSv1.1"
    server.setSecureContext({
      key: issued.keyPem,
      cert: issued.certPem,
      minVersion: next.minVersion,
      // OpenSSL offers the old versions at its lowest security level only.
      ciphers: isOld ? "DEFAULT@SECLEVEL=0" : "DEFAULT",
    })
    state = next
    return current()
  }

  const current = () => ({ ...state, port: port(), caPem: authority.caPem })
  await change({})
  return { server, current, change }
}
