/** How kinds reach the world outside the console: handed in, fenced, and the same for every kind that needs them. */

export interface ProcessRequest {
  /** Program and arguments; never a shell line. */
  argv: string[]
  cwd: string
  env?: Record<string, string>
  timeoutMs: number
  signal: AbortSignal
  log: (stream: "out" | "err", text: string) => void
}
export interface ProcessEnd {
  exitCode: number | null
  signal: string | null
  timedOut: boolean
  stdout: string
  stderr: string
}
/** Ends the whole process group on time-out and abort. Resolves with how it ended; rejects where it could not start. */
export type RunProcess = (request: ProcessRequest) => Promise<ProcessEnd>

/** One request to the platform itself, through the console's fence. Redirects are not followed. */
export interface PlatformCall {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
  signal: AbortSignal
  /** For how long it may be tried again after 429, a 5xx, or no answer. Left out: it is not. */
  patienceMs?: number
  /** Whether it may be sent twice. Left out: by its method. What may not is tried again after 429 only: that was refused. */
  repeatable?: boolean
  /** Hears what is waited for. */
  onWait?: (words: string) => void
  tls?: { caPem?: string; certPem?: string; keyPem?: string; servername?: string; allowInvalid?: boolean }
}
/** Rejects with an Error in words where no complete answer came; any status is an answer. Header names in lower case. */
export type PlatformRequest = (
  call: PlatformCall,
) => Promise<{ status: number; headers: Record<string, string>; body: string }>
