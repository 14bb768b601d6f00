import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"

/** One thing that was expected, and what was found. */
export interface Expectation {
  what: string
  expected: string
  actual: string
  ok: boolean
  /** `actual` differs from run to run though nothing changed (a latency, an excerpt of output). */
  volatile?: true
}

export interface CheckResult {
  /** `failed`: what was expected is not so. `errored`: nobody knows, it could not be looked at. */
  outcome: "passed" | "failed" | "errored"
  /** One sentence. */
  summary: string
  expectations: Expectation[]
  blocks: EvidenceBlock[]
  /** Values for later checks; treated as secrets. */
  captures?: Record<string, string>
}

export interface HttpRequest {
  url: string
  /** Default GET. */
  method?: string
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
  /** Default 0: the redirect itself is the answer. Each hop passes the same fence. */
  followRedirects?: number
  /** Left out: a certificate of a public authority for the host of the address. */
  tls?: {
    /** Trusted instead of the public authorities. */
    caPem?: string
    /** The name that is asked for and that the certificate must be for. */
    servername?: string
    minVersion?: "TLSv1.2" | "TLSv1.3"
    /** Whoever sets this must show it. */
    allowInvalid?: true
    /** Shown to servers that ask who is there. */
    certPem?: string
    keyPem?: string
  }
}

export interface HttpAnswer {
  status: number
  /** Names in lower case; repeated headers joined by ", ". */
  headers: Record<string, string>
  body: string
  /** Where the answer came from, after redirects. */
  url: string
  redirects: string[]
  /** From the first byte sent (name look-up and connection included) to the last one read, all hops. */
  tookMs: number
}

/**
 * `refused`: the fence does not let this address through. `invalid`: no request can be made of this.
 * The others: the request was made and no complete answer came.
 */
export type HttpFaultReason =
  | "refused"
  | "invalid"
  | "name"
  | "connection"
  | "tls"
  | "timeout"
  | "too_large"
  | "redirects"
  | "protocol"

/** Why there is no answer, in words that may be shown. */
export class HttpFault extends Error {
  constructor(
    readonly reason: HttpFaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = "HttpFault"
  }
}

/** Rejects with `HttpFault` where no answer came, with the signal's reason where the check was stopped. */
export type GuardedHttp = (request: HttpRequest) => Promise<HttpAnswer>

export interface ProcessOrder {
  /** Program and arguments; never a shell line. */
  argv: string[]
  cwd: string
  env?: Record<string, string>
  timeoutMs: number
  /** Ended after this long without output. */
  inactivityTimeoutMs?: number
}

export interface ProcessAnswer {
  exitCode: number | null
  signal: string | null
  /** What ended it, where it did not end by itself. */
  endedBy: "timeout" | "inactivity" | null
  stdout: string
  stderr: string
  /** Both streams as they came. */
  output: string
  /** How much is missing in the middle of `output`. */
  leftOutChars: number
  tookMs: number
}

/** Rejects where the program could not be started (an Error in words), and with the signal's reason where it was stopped. */
export type ProcessRunner = (order: ProcessOrder) => Promise<ProcessAnswer>

/** `excerpt` is what matched, cut short. `error`: the pattern is no pattern, or took too long. */
export type PatternAnswer = { matched: boolean; excerpt: string | null } | { error: string }

export interface CheckPorts {
  http: GuardedHttp
  /**
   * The address that a host name (or a written address) stands for, if the fence lets it through. Connect to this address
   * and never to the name again: a name may mean something else a moment later. Rejects with `HttpFault` (`refused`,
   * `name`), and with the signal's reason.
   */
  address(host: string): Promise<{ address: string; family: 4 | 6 }>
  /** Readings of the environment's own probe, taken for this long; one sample an interval. */
  measure(metric: MetricName, forMs: number): Promise<Sample[]>
  process: ProcessRunner
  /** A fresh checkout of the release's commit, or of `ref` or `repository` where named; the same folder each time asked. */
  directory(other?: { repository?: string; ref?: string }): Promise<string>
  /** An empty folder that is removed when the check ends. */
  scratch(): Promise<string>
  /** Runs git; answers with what it wrote. Rejects with an Error in words, and with the signal's reason. */
  git(args: string[], directory: string): Promise<string>
  /** The environment's repository, where there is one. Others are only reached on this machine, not over the network. */
  repository: string | null
  /** A regular expression against a text, within a time limit. */
  match(pattern: string, text: string): PatternAnswer
  log(stream: "out" | "err" | "info", text: string): void
  signal: AbortSignal
  /** How long this run may take in all. */
  timeoutMs: number
  nowMs(): number
}

/** Gets its config as the definition's schema gives it. May reject: that is an `errored` result. */
export type CheckRunner = (config: unknown, ports: CheckPorts) => Promise<CheckResult>
