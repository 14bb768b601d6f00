import { type ProcessEnd, StrategyFailure } from "../contract"

const LAST_LINES = 4
const MOST_CHARS = 600

/** What a program says where something is wrong, whether waiting may help, and what it means in words. */
export interface KnownFailure {
  pattern: RegExp
  transient: boolean
  words: (match: RegExpExecArray) => string
}

/** What a container engine and its command line say, whoever uses them. */
export const ENGINE_FAILURES: KnownFailure[] = [
  {
    pattern:
      /context "([^"]+)"(?: does not exist|: context not found)|context:? '?([\w.+-]+)'? not found|context not found: (\S+)/i,
    transient: false,
    words: ([, a, b, c]) => `There is no Docker context "${a ?? b ?? c}" in the configuration folder`,
  },
  {
    pattern: /permission denied[^\n]*(?:docker daemon|docker api|connect to the docker)|permissionerror: \[errno 13\]/i,
    transient: false,
    words: () => "The worker's user may not use the Docker engine's socket",
  },
  {
    pattern:
      /(cannot connect to the docker daemon|couldn't connect to docker daemon|error while fetching server api version|error during connect|failed to connect to the docker api)[^\n]*/i,
    transient: true,
    words: ([said]) => `The Docker engine does not answer: ${said}`,
  },
  { pattern: /no space left on device/i, transient: false, words: () => "The engine's machine has no space left" },
  {
    pattern: /bind for (\S+) failed: port is already allocated/i,
    transient: false,
    words: ([, where]) => `The port ${where} is taken by another container`,
  },
  {
    pattern: /(?:listen \w+ (\S+): bind|failed to bind host port (?:for )?(\S+?):?)[^\n]*: address already in use/i,
    transient: false,
    words: ([, a, b]) => `The port ${a ?? b} is taken by another program of the engine's machine`,
  },
  {
    pattern: /network (\S+) not found/i,
    transient: false,
    words: ([, network]) => `The engine has no network "${network}"`,
  },
  {
    pattern: /(unauthorized|authentication required|no basic auth credentials|denied: |pull access denied)[^\n]*/i,
    transient: false,
    words: ([said]) => `The registry refuses these credentials: ${said}`,
  },
  {
    pattern: /dial tcp[^\n]*|TLS handshake timeout[^\n]*|received unexpected HTTP status: 5\d\d[^\n]*/i,
    transient: true,
    words: ([said]) => `The registry does not answer: ${said}`,
  },
]

/**
 * A failed command of the engine as the failure of a step. `what` is the beginning of a sentence: "The build". What the
 * kind itself knows (`own`) comes before what every engine says; the first match counts.
 */
export function engineFailure(
  what: string,
  end: ProcessEnd,
  timeoutMs: number,
  own: readonly KnownFailure[],
): StrategyFailure {
  if (end.timedOut) return new StrategyFailure(`${what} was not done after ${Math.round(timeoutMs / 1_000)} s`, true)
  const said = `${end.stderr}\n${end.stdout}`
  for (const { pattern, transient, words } of [...own, ...ENGINE_FAILURES]) {
    const match = pattern.exec(said)
    if (match) return new StrategyFailure(`${what} did not work. ${words(match).slice(0, MOST_CHARS)}`, transient)
  }
  const how = end.signal ? `was ended by ${end.signal}` : `failed with exit code ${end.exitCode}`
  const last = lastLines(end.stderr) || lastLines(end.stdout)
  return new StrategyFailure(`${what} ${how}${last ? `: ${last}` : ""}`, false)
}

/** The end of what a program said, on one line. */
export function lastLines(text: string, count = LAST_LINES): string {
  const lines = text.split("\n").flatMap((line) => line.trim() || [])
  return lines.slice(-count).join(" / ").slice(-MOST_CHARS)
}
