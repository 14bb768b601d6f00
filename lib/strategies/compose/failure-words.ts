import { type ProcessEnd, StrategyFailure } from "../contract"

const LAST_LINES = 4
const MOST_CHARS = 600

/** What Compose (both generations) and the engine say where something is wrong. First match counts. */
const KNOWN: { pattern: RegExp; transient: boolean; words: (match: RegExpExecArray) => string }[] = [
  {
    pattern: /context "([^"]+)"(?: does not exist|: context not found)|context '?([\w.+-]+)'? not found/i,
    transient: false,
    words: ([, a, b]) => `There is no Docker context "${a ?? b}" in the configuration folder`,
  },
  {
    pattern: /permission denied[^\n]*(?:docker daemon|docker api)|permissionerror: \[errno 13\]/i,
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
    pattern: /container name "\/?([^"]+)" is already in use/i,
    transient: false,
    words: ([, name]) => `The name "${name}" is taken by a container that is not of this project: it is left alone`,
  },
  {
    pattern: /no such service: (\S+)/i,
    transient: false,
    words: ([, service]) => `The Compose file has no service "${service}"`,
  },
  {
    pattern: /(unauthorized|authentication required|no basic auth credentials|denied: |pull access denied)[^\n]*/i,
    transient: false,
    words: ([said]) => `The registry refuses: ${said}`,
  },
  {
    pattern: /dial tcp[^\n]*|TLS handshake timeout[^\n]*|received unexpected HTTP status: 5\d\d[^\n]*/i,
    transient: true,
    words: ([said]) => `The registry does not answer: ${said}`,
  },
]

/** A failed command as the failure of a step. `what` is the beginning of a sentence: "The build". */
export function failureOf(what: string, end: ProcessEnd, timeoutMs: number): StrategyFailure {
  if (end.timedOut) return new StrategyFailure(`${what} was not done after ${Math.round(timeoutMs / 1_000)} s`, true)
  const said = `${end.stderr}\n${end.stdout}`
  for (const { pattern, transient, words } of KNOWN) {
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
