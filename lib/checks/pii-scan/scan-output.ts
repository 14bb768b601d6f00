import { short } from "../answer"
import { judgeEnd, sayEnd } from "../command-end"
import { sayCommand } from "../command-line"
import type { CheckPorts, Expectation } from "../ports"
import { printable } from "../printable"
import { checkSizeBytes, saySize } from "../size"
import type { PiiScanConfig } from "./definition"
import { Findings, withoutPersonalData } from "./findings"
import { readText } from "./read-text"
import { runProgram } from "./run-program"
import { type Looked, nothingIn } from "./sources"

const SHOWN_LINES = 20
const SHOWN_CHARS = 300

export async function scanOutput(
  argv: readonly string[],
  how: { cwd: string; timeoutMs: number },
  config: PiiScanConfig,
  ports: CheckPorts,
): Promise<Looked> {
  const findings = new Findings(config, ports)
  const { end, out, err, bytes } = await runProgram(argv, how, config, ports)
  const last = new LastLines()
  const isOut = await findings.read("output", last.pass(readText(out, ports.signal)))
  const isErr = await findings.read("error output", last.pass(readText(err, ports.signal)))
  const name = `the output of ${nameOf(argv)}`
  const ended = judgeEnd(end, { exitCode: config.exitCode ?? 0, timeoutMs: how.timeoutMs })
  const expectations: Expectation[] = [{ ...ended, what: `Command: ${ended.what.toLowerCase()}` }]
  if (!isOut && !isErr) expectations.push(nothingIn("lines of a log", "it wrote no text"))
  const size = sizeOf(bytes, config)
  if (size) expectations.push(size)
  const facts = [
    { label: "Command", value: sayCommand(argv) },
    { label: "Ended with", value: sayEnd(end) },
    { label: "Lines", value: findings.lines.toLocaleString("en-US") },
  ]
  const text = ended.ok ? "" : withoutPersonalData(printable(last.lines.join("\n")), config)
  const blocks = text === "" ? [] : [{ type: "log" as const, title: "Its last lines, masked", text, leftOutChars: 0 }]
  return { name, findings, expectations, facts, blocks, isVolatile: true }
}

/** Up to an argument that is a program itself, or a text: `node --eval …`. */
function nameOf(argv: readonly string[]): string {
  const end = argv.findIndex((word) => word.length > 60 || /\s/.test(word))
  return short(end === -1 ? sayCommand(argv) : `${sayCommand(argv.slice(0, end))} …`, 80)
}

function sizeOf(bytes: number | null, { largest }: PiiScanConfig): Expectation | null {
  const isOver = bytes !== null && bytes > checkSizeBytes(largest)
  if (!isOver) return null
  const actual = `${saySize(bytes)}, of which the rest was not looked at`
  return { what: "Size of the output", expected: `${largest} at most`, actual, ok: false, volatile: true }
}

/** Remembers how a text ended, for people who ask why a program failed. */
class LastLines {
  lines: string[] = []

  async *pass(parts: AsyncIterable<string>): AsyncGenerator<string> {
    let tail = ""
    for await (const part of parts) {
      tail = (tail + part).slice(-SHOWN_LINES * SHOWN_CHARS)
      yield part
    }
    const lines = tail.split("\n").filter((line) => line.trim() !== "")
    this.lines.push(...lines.slice(-SHOWN_LINES).map((line) => short(line, SHOWN_CHARS)))
  }
}
