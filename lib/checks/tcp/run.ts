import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged } from "../answer"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { portNumber } from "../port-number"
import { type CheckPorts, type CheckResult, type CheckRunner, type Expectation, HttpFault } from "../ports"
import { definition, LEAST_TO_PROVE_CLOSED_MS, type TcpConfig, type TcpOpenExpect, tcpConfigSchema } from "./definition"
import { expectsAnswer, hasAll, judgeAnswer } from "./judge-answer"
import { type Opened, openConnection } from "./open-connection"
import { type AnswerRead, readAnswer } from "./read-answer"

type NotOpen = Exclude<Opened, { state: "open" }>

/** One connection, closed again at once. What the fence refuses is not known, neither as open nor as closed. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = tcpConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  const port = portNumber(config.port)
  let target: { address: string; family: 4 | 6 }
  try {
    target = await ports.address(config.host)
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error
    ports.log("err", `${error.message}\n`)
    // A name that means nothing says nothing about whether a port can be reached.
    if (error.reason !== "name" || config.expect === "closed") return errored(error.message)
    return notOpen(config, timeoutMs, error.message)
  }
  ports.log("info", `Connecting to ${config.host} (${target.address}), port ${port}\n`)
  // Counted from here: a slow name look-up must not leave a closed port too little time to turn out open.
  const untilMs = ports.nowMs() + timeoutMs
  const opened = await openConnection({ ...target, port, timeoutMs, signal: ports.signal })
  ports.log("info", `${opened.state === "open" ? `Open after ${Math.round(opened.tookMs)} ms` : opened.words}\n`)
  const facts = factsOf(config, target.address, port)
  try {
    if (config.expect === "closed") return judgeClosed(config, opened, timeoutMs, facts)
    if (opened.state !== "open") return notOpen(config, timeoutMs, wordsOf(opened, timeoutMs), facts)
    const expect = config.expect === "open" ? {} : config.expect
    return await judgeOpen(config, expect, opened, { ports, timeoutMs, untilMs, facts })
  } finally {
    if (opened.state === "open") opened.socket.on("error", () => undefined).destroy()
  }
}

const what = ({ host, port }: TcpConfig) => `Port ${port} of ${host}`
const wordsOf = ({ state, words }: NotOpen, timeoutMs: number) =>
  state === "silent" ? `${words} within ${sayDuration(timeoutMs)}` : words

function notOpen(config: TcpConfig, timeoutMs: number, actual: string, facts: EvidenceBlock[] = []): CheckResult {
  const expected = `a connection within ${sayDuration(timeoutMs)}`
  return judged([{ what: what(config), expected, actual, ok: false, volatile: true }], facts, { passed: "" })
}

function judgeClosed(config: TcpConfig, opened: Opened, timeoutMs: number, facts: EvidenceBlock[]): CheckResult {
  if (opened.state === "failed") return errored(`${what(config)}: ${opened.words}`, facts)
  if (opened.state === "silent" && timeoutMs < LEAST_TO_PROVE_CLOSED_MS) {
    return errored(`${what(config)}: ${sayDuration(timeoutMs)} are too short to tell that nobody answers`, facts)
  }
  const ok = opened.state !== "open"
  const actual = ok ? wordsOf(opened, timeoutMs) : "open"
  // Refused or dropped is the choice of a firewall, and the same to whom it keeps out.
  return judged([{ what: what(config), expected: "closed", actual, ok, volatile: true }], facts, {
    passed: `${what(config)} cannot be reached: ${actual}`,
  })
}

async function judgeOpen(
  config: TcpConfig,
  expect: TcpOpenExpect,
  { socket, tookMs }: Extract<Opened, { state: "open" }>,
  {
    ports,
    timeoutMs,
    untilMs,
    facts,
  }: { ports: CheckPorts; timeoutMs: number; untilMs: number; facts: EvidenceBlock[] },
): Promise<CheckResult> {
  const { signal, match } = ports
  const limitMs = expect.latencyBelow ? checkDurationMs(expect.latencyBelow) : undefined
  const expectations: Expectation[] = [{ what: what(config), expected: "open", actual: "open", ok: true }]
  if (limitMs !== undefined) expectations.push(judgeLatency(limitMs, tookMs))
  const blocks = [...facts, latencyBlock(tookMs, limitMs)]
  if (expectsAnswer(expect)) {
    const reading = readAnswer(socket, (text) => hasAll(expect, text, match), {
      timeoutMs: Math.max(1, untilMs - ports.nowMs()),
      signal,
    })
    if (config.send !== undefined) socket.write(config.send)
    const read = await reading
    expectations.push(...judgeAnswer(expect, read, timeoutMs, match))
    blocks.push(...answerBlock(read))
  }
  return judged(expectations, blocks, { passed: `${what(config)} is open` })
}

function judgeLatency(limitMs: number, tookMs: number): Expectation {
  const [expected, actual] = [`below ${sayDuration(limitMs)}`, sayDuration(tookMs)]
  return { what: "Latency", expected, actual, ok: tookMs < limitMs, volatile: true }
}

function latencyBlock(tookMs: number, limit: number | undefined): EvidenceBlock {
  const verdict = limit === undefined ? "neutral" : tookMs < limit ? "good" : "bad"
  const value = Number(tookMs.toFixed(1))
  return { type: "metric", label: "Latency", value, unit: "ms", ...(limit === undefined ? {} : { limit }), verdict }
}

function factsOf({ host }: TcpConfig, address: string, port: number): EvidenceBlock[] {
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  return [{ type: "facts", facts: [fact("Host", host), fact("Address", address), fact("Port", String(port))] }]
}

const SHOWN_CHARS = 4_000

function answerBlock({ text }: AnswerRead): EvidenceBlock[] {
  if (text === "") return []
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  const shown = text.slice(0, SHOWN_CHARS).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd")
  const leftOutChars = Math.max(0, text.length - SHOWN_CHARS)
  return [{ type: "log", title: "Answer", text: shown.toWellFormed(), leftOutChars }]
}
