import { errored, judged } from "../answer"
import { sayDuration, timeLimitMs } from "../duration"
import { portNumber } from "../port-number"
import { type CheckResult, type CheckRunner, type Expectation, HttpFault } from "../ports"
import {
  definition,
  sayVersion,
  TLS_VERSIONS,
  type TlsConfig,
  type TlsVersion,
  tlsConfigSchema,
  wholeDays,
} from "./definition"
import { judgeCertificate } from "./judge-certificate"
import { readAuthorities } from "./read-authorities"
import { type Handshake, type Offer, shakeHands } from "./shake-hands"
import { showConnection } from "./show-connection"

type Attempt = (only?: TlsVersion) => Promise<Handshake>

/**
 * One handshake as a client of today makes it, and one for each version that is to be refused. All go to the one address
 * that the fence let through.
 */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = tlsConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  const port = portNumber(config.port)
  const ca = config.ca === undefined ? undefined : readAuthorities(config.ca)
  let target: Pick<Offer, "address" | "family">
  try {
    target = await ports.address(config.address ?? config.host)
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error
    ports.log("err", `${error.message}\n`)
    return error.reason === "name" ? noHandshake(error.message, timeoutMs) : errored(error.message)
  }
  const servername = config.servername ?? config.host
  ports.log("info", `TLS with ${servername} at ${target.address}, port ${port}\n`)
  const untilMs = ports.nowMs() + timeoutMs
  const attempt: Attempt = async (only) => {
    const leftMs = Math.max(1, untilMs - ports.nowMs())
    const offer = { ...target, port, servername, ca, only, timeoutMs: leftMs, signal: ports.signal }
    const answer = await shakeHands(offer)
    const said = answer.state === "done" ? `${sayVersion(answer.protocol)}, ${answer.cipher}` : answer.words
    ports.log("info", `${only ? `Only ${sayVersion(only)}` : "As clients do today"}: ${said}\n`)
    return answer
  }
  return look(config, attempt, timeoutMs, servername)
}

async function look(config: TlsConfig, attempt: Attempt, timeoutMs: number, name: string): Promise<CheckResult> {
  const { certificate: wanted, validFor, minVersion } = config.expect
  const main = await attempt()
  if (main.state === "unknown") return errored(`The handshake could not be made: ${main.words}`)
  if (main.state !== "done") {
    const words = main.state === "silent" ? `${main.words} within ${sayDuration(timeoutMs)}` : main.words
    const old = main.state === "refused" && minVersion ? await tryOlder(minVersion, attempt) : NOTHING_TRIED
    return noHandshake(
      words,
      timeoutMs,
      old.expectations.filter(({ ok }) => !ok),
    )
  }
  const nowMs = Date.now()
  const blocks = showConnection(config, main, nowMs)
  const expectations: Expectation[] = []
  const { certificate, chainFault, protocol } = main
  if (wanted === "valid" && !certificate) {
    expectations.push({ what: "Certificate", expected: "shown", actual: "none shown", ok: false })
  } else if (wanted === "valid" && certificate) {
    expectations.push(
      ...judgeCertificate({ certificate, chainFault, name, wantedDays: wholeDays(validFor ?? "0d"), nowMs }),
    )
  }
  const older = minVersion ? await tryOlder(minVersion, attempt) : NOTHING_TRIED
  if (minVersion) expectations.push(judgeAgreed(minVersion, protocol), ...older.expectations)
  // What is known to be wrong counts for more than what is not known.
  if (older.unknown.length > 0 && expectations.every(({ ok }) => ok)) return errored(older.unknown.join("; "), blocks)
  return judged(expectations, blocks, { passed: `${name}: ${sayPassed(config)}` })
}

function judgeAgreed(minVersion: TlsVersion, protocol: string): Expectation {
  const ok = (TLS_VERSIONS as readonly string[]).indexOf(protocol) >= TLS_VERSIONS.indexOf(minVersion)
  return { what: "Version", expected: `${sayVersion(minVersion)} or newer`, actual: sayVersion(protocol), ok }
}

const NOTHING_TRIED: { expectations: Expectation[]; unknown: string[] } = { expectations: [], unknown: [] }

/** Every version below is offered alone: one that is not refused is one that a client may be talked down to. */
async function tryOlder(minVersion: TlsVersion, attempt: Attempt): Promise<typeof NOTHING_TRIED> {
  const expectations: Expectation[] = []
  const unknown: string[] = []
  for (const version of TLS_VERSIONS.slice(0, TLS_VERSIONS.indexOf(minVersion))) {
    const answer = await attempt(version)
    const what = sayVersion(version)
    if (answer.state === "done") {
      expectations.push({ what, expected: "refused", actual: `accepted, with ${answer.cipher}`, ok: false })
    } else if (answer.state === "refused" || answer.state === "no tls") {
      expectations.push({ what, expected: "refused", actual: "refused", ok: true })
    } else unknown.push(`It is not known whether ${what} is refused: ${answer.words}`)
  }
  return { expectations, unknown }
}

function noHandshake(actual: string, timeoutMs: number, more: Expectation[] = []): CheckResult {
  const expected = `a secure connection within ${sayDuration(timeoutMs)}`
  return judged([{ what: "Handshake", expected, actual, ok: false, volatile: true }, ...more], [], { passed: "" })
}

function sayPassed({ expect: { certificate, minVersion } }: TlsConfig): string {
  const parts = [
    ...(certificate === "valid" ? ["the certificate is valid"] : []),
    ...(minVersion ? [`nothing older than ${sayVersion(minVersion)} is accepted`] : []),
  ]
  return parts.join(", ")
}
