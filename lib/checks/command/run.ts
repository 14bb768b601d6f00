import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged, short } from "../answer"
import { judgeEnd, sayEnd } from "../command-end"
import { sayCommand } from "../command-line"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { folderInside } from "../folder-inside"
import { allTexts } from "../pattern"
import type { CheckPorts, CheckRunner, Expectation, ProcessAnswer } from "../ports"
import { type CommandConfig, commandConfigSchema, definition } from "./definition"

/** Runs the program in a fresh checkout. What cannot be started at all is no result. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = commandConfigSchema.parse(rawConfig)
  const { limits } = definition
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, limits.timeoutMs, limits.longestTimeoutMs))
  const cwd = await folderInside(await ports.directory(), config.directory)
  ports.log("info", `$ ${sayCommand(config.command)}\n`)
  const end = await ports.process({
    argv: config.command,
    cwd,
    env: config.env,
    timeoutMs,
    inactivityTimeoutMs: config.inactivityTimeout ? checkDurationMs(config.inactivityTimeout) : undefined,
  })
  ports.log("info", `${sayEnd(end)} after ${sayDuration(end.tookMs)}\n`)
  const limit = { timeoutMs, inactivityTimeout: config.inactivityTimeout }
  return judged(judge(config, end, limit, ports), show(config, end), {
    passed: `${short(sayCommand(config.command), 80)} ended as expected (exit code ${end.exitCode})`,
  })
}

function judge(
  config: CommandConfig,
  end: ProcessAnswer,
  limit: { timeoutMs: number; inactivityTimeout?: string },
  ports: CheckPorts,
): Expectation[] {
  const ended = judgeEnd(end, { exitCode: config.expect.exitCode ?? 0, ...limit })
  return [ended, ...judgeOutput(config, end, ports)]
}

/** Longer texts are no longer looked at whole by a pattern: their end says how it went. */
const LOOKED_AT_CHARS = 1_000_000

function judgeOutput({ expect }: CommandConfig, end: ProcessAnswer, ports: CheckPorts): Expectation[] {
  const stdout = withoutColours(end.stdout)
  const lastLines = short(stdout.trim().split("\n").slice(-5).join(" ")) || "no output"
  const found = allTexts(expect.stdout?.contains).map((text): Expectation => {
    const ok = stdout.includes(text)
    const actual = ok ? "contains it" : lastLines
    return { what: "Output", expected: `contains ${short(text)}`, actual, ok, volatile: true }
  })
  const pattern = expect.stdout?.matches
  if (pattern === undefined) return found
  const answer = ports.match(pattern, stdout.slice(-LOOKED_AT_CHARS))
  const ok = "matched" in answer && answer.matched
  const actual = "error" in answer ? answer.error : answer.matched ? short(answer.excerpt ?? "") : lastLines
  return [...found, { what: "Output", expected: `matches ${pattern}`, actual, ok, volatile: true }]
}

const SHOWN_HEAD_CHARS = 16_000
const SHOWN_TAIL_CHARS = 48_000

function show(config: CommandConfig, end: ProcessAnswer): EvidenceBlock[] {
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const directory = config.directory ? [fact("Folder", config.directory)] : []
  const facts = [fact("Command", sayCommand(config.command)), ...directory, fact("Ended with", sayEnd(end))]
  const blocks: EvidenceBlock[] = [
    { type: "facts", facts },
    { type: "metric", label: "Time taken", value: end.tookMs, unit: "ms", verdict: "neutral" },
  ]
  if (end.output === "") return blocks
  const surplus = end.output.length - SHOWN_HEAD_CHARS - SHOWN_TAIL_CHARS
  const text =
    surplus <= 0
      ? end.output
      : `${end.output.slice(0, SHOWN_HEAD_CHARS)}\n…\n${end.output.slice(-SHOWN_TAIL_CHARS)}`.toWellFormed()
  blocks.push({ type: "log", title: "Output", text, leftOutChars: end.leftOutChars + Math.max(0, surplus) })
  return blocks
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
  return text.replace(/\u001b\[[\d;:]*m/g, "")
}
