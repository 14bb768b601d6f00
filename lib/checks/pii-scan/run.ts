import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged } from "../answer"
import { timeLimitMs } from "../duration"
import { folderInside } from "../folder-inside"
import type { CheckPorts, CheckRunner, Expectation } from "../ports"
import { definition, type PiiScanConfig, piiScanConfigSchema } from "./definition"
import { countKinds, type Finding, MOST_FINDINGS } from "./findings"
import { sayKind } from "./kinds"
import { scanAnswer } from "./scan-answer"
import { scanFiles } from "./scan-files"
import { scanOutput } from "./scan-output"
import type { Looked } from "./sources"

/** More are counted, not listed. */
const MOST_LISTED = 100

/** What is found is told by its place, its kind, its first letter and its length. It appears nowhere itself. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = piiScanConfigSchema.parse(rawConfig)
  const looked = await look(config, ports)
  const lines = looked.reduce((sum, { findings }) => sum + findings.lines, 0)
  const allowed = looked.reduce((sum, { findings }) => sum + findings.allowedCount, 0)
  return judged(looked.flatMap(judge), looked.flatMap(show), {
    passed: `No personal data in ${lines.toLocaleString("en-US")} ${lines === 1 ? "line" : "lines"}${
      allowed > 0 ? ` (${allowed.toLocaleString("en-US")} findings allowed)` : ""
    }`,
  })
}

async function look(config: PiiScanConfig, ports: CheckPorts): Promise<Looked[]> {
  const { limits } = definition
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, limits.timeoutMs, limits.longestTimeoutMs))
  const looked: Looked[] = []
  if (config.files || config.command) {
    const root = await ports.directory()
    const directory = await folderInside(root, config.directory)
    // The command comes first: it may write the files.
    if (config.command) looked.push(await scanOutput(config.command, { cwd: directory, timeoutMs }, config, ports))
    if (config.files) looked.push(await scanFiles(config.files, { root, directory }, config, ports))
  }
  if (config.url) looked.push(await scanAnswer(config.url, timeoutMs, config, ports))
  return looked
}

function judge({ name, findings, expectations, isVolatile }: Looked): Expectation[] {
  const { bad } = findings
  const [first] = bad
  const what = `Personal data in ${name}`
  if (!first) {
    // Of a text that was not there, it is not said that it had none.
    return findings.lines === 0 ? expectations : [...expectations, { what, expected: "none", actual: "none", ok: true }]
  }
  const many = findings.isFull ? `at least ${MOST_FINDINGS.toLocaleString("en-US")} findings` : sayCount(bad.length)
  const actual = `${many}: ${countKinds(bad)}; first at ${place(first)}`
  const found: Expectation = { what, expected: "none", actual, ok: false, ...(isVolatile ? { volatile: true } : {}) }
  return [...expectations, found]
}

function show({ name, findings: { bad, allowed }, facts, blocks }: Looked): EvidenceBlock[] {
  const shown: EvidenceBlock[] = [
    {
      type: "facts",
      title: `Looked at: ${name}`,
      facts: facts.map((fact) => ({ ...fact, verdict: "neutral" as const })),
    },
  ]
  const row = (finding: Finding) => [place(finding), sayKind(finding.kind), finding.masked]
  const columns = ["Where", "Kind", "Masked"]
  if (bad.length > 0) {
    const rows = bad.slice(0, MOST_LISTED).map(row)
    const title = `Found in ${name}${bad.length > MOST_LISTED ? `, the first ${MOST_LISTED}` : ""}`
    shown.push({ type: "table", title, columns, rows, verdicts: rows.map(() => "bad" as const) })
  }
  if (allowed.length > 0) {
    const rows = allowed.slice(0, MOST_LISTED).map((finding) => [...row(finding), finding.reason])
    shown.push({ type: "table", title: `Allowed in ${name}`, columns: [...columns, "Because"], rows })
  }
  return [...shown, ...blocks]
}

function place({ file, line }: Finding): string {
  return file === null ? `line ${line}` : `${file} line ${line}`
}

function sayCount(count: number): string {
  return count === 1 ? "1 finding" : `${count} findings`
}
