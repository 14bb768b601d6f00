import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged } from "../answer"
import { judgeEnd, sayEnd } from "../command-end"
import { sayCommand } from "../command-line"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { findFiles } from "../find-files"
import { folderInside } from "../folder-inside"
import type { CheckPorts, CheckRunner, Expectation } from "../ports"
import { checkSizeBytes, saySize } from "../size"
import { type BundleSizeConfig, bundleSizeConfigSchema, definition } from "./definition"
import { type Measured, measureFile } from "./measure-file"

const SHOWN_FILES = 50

export const run: CheckRunner = async (rawConfig, ports) => {
  const config = bundleSizeConfigSchema.parse(rawConfig)
  const root = await ports.directory()
  const directory = await folderInside(root, config.directory)
  const built = config.build ? await build(config.build, config, directory, ports) : []
  if (built.some(({ ok }) => !ok)) return judged(built, [], { passed: "" })

  const found = await findFiles({ root, directory }, config, ports.signal)
  const measured: Measured[] = []
  for (const file of found) {
    ports.signal.throwIfAborted()
    measured.push(await measureFile(file, config.compression, ports.signal))
  }
  measured.sort((a, b) => b.packedBytes - a.packedBytes || (a.name < b.name ? -1 : 1))
  const totalBytes = measured.reduce((sum, { packedBytes }) => sum + packedBytes, 0)
  ports.log("info", `${count(measured.length)}, ${saySize(totalBytes)} ${packed(config)}\n`)
  return judged([...built, ...judge(measured, totalBytes, config)], show(measured, totalBytes, config), {
    passed: `${count(measured.length)}: ${saySize(totalBytes)} ${packed(config)}`,
  })
}

async function build(argv: string[], config: BundleSizeConfig, cwd: string, ports: CheckPorts): Promise<Expectation[]> {
  const { limits } = definition
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, limits.timeoutMs, limits.longestTimeoutMs))
  const { env, inactivityTimeout } = config
  ports.log("info", `$ ${sayCommand(argv)}\n`)
  const end = await ports.process({
    ...{ argv, cwd, env, timeoutMs },
    inactivityTimeoutMs: inactivityTimeout ? checkDurationMs(inactivityTimeout) : undefined,
  })
  ports.log("info", `${sayEnd(end)} after ${sayDuration(end.tookMs)}\n`)
  const ended = judgeEnd(end, { exitCode: 0, timeoutMs, inactivityTimeout })
  return [{ ...ended, what: `Build: ${ended.what.toLowerCase()}` }]
}

function judge(measured: Measured[], totalBytes: number, config: BundleSizeConfig): Expectation[] {
  if (measured.length === 0) {
    const expected = `at least one of ${config.files.join(", ")}`
    return [{ what: "Files", expected, actual: "none", ok: false }]
  }
  // What a build makes may differ by a few bytes though nothing changed: a time of day, an order.
  const volatile = config.build ? ({ volatile: true } as const) : {}
  const expectations: Expectation[] = []
  if (config.total) {
    const ok = totalBytes <= checkSizeBytes(config.total)
    const what = `All files ${packed(config)}`
    const actual = `${saySize(totalBytes)} in ${count(measured.length)}`
    expectations.push({ what, expected: `${config.total} at most`, actual, ok, ...volatile })
  }
  if (config.each) {
    const most = checkSizeBytes(config.each)
    const over = measured.filter(({ packedBytes }) => packedBytes > most)
    const [first = measured[0]] = over
    const more = over.length > 1 ? ` (and ${over.length - 1} more)` : ""
    const actual = first ? `${first.name}: ${saySize(first.packedBytes)}${more}` : "none"
    const what = `Every file ${packed(config)}`
    expectations.push({ what, expected: `${config.each} at most`, actual, ok: over.length === 0, ...volatile })
  }
  return expectations
}

function show(measured: Measured[], totalBytes: number, config: BundleSizeConfig): EvidenceBlock[] {
  if (measured.length === 0) return []
  const limit = config.total ? checkSizeBytes(config.total) : undefined
  const most = config.each ? checkSizeBytes(config.each) : Number.POSITIVE_INFINITY
  const shown = measured.slice(0, SHOWN_FILES)
  const left = measured.slice(SHOWN_FILES)
  const sum = (pick: (file: Measured) => number, files: Measured[]) => files.reduce((all, file) => all + pick(file), 0)
  const rows = shown.map(({ name, rawBytes, packedBytes }) => [name, saySize(rawBytes), saySize(packedBytes)])
  const verdicts = shown.map(({ packedBytes }) => (packedBytes > most ? ("bad" as const) : ("neutral" as const)))
  if (left.length > 0) {
    const raw = saySize(sum((file) => file.rawBytes, left))
    rows.push([`${count(left.length)} more`, raw, saySize(sum((file) => file.packedBytes, left))])
    verdicts.push("neutral")
  }
  return [
    {
      type: "metric",
      label: `All files ${packed(config)}`,
      value: Math.ceil((totalBytes / 1_024) * 10) / 10,
      unit: "KB",
      ...(limit === undefined ? {} : { limit: limit / 1_024 }),
      verdict: limit === undefined ? "neutral" : totalBytes <= limit ? "good" : "bad",
    },
    { type: "table", title: "Files", columns: ["File", "As it is", columnOf(config)], rows, verdicts },
  ]
}

function packed({ compression }: BundleSizeConfig): string {
  return { gzip: "gzipped", brotli: "with brotli", none: "as they are" }[compression]
}

function columnOf({ compression }: BundleSizeConfig): string {
  return { gzip: "Gzipped", brotli: "With brotli", none: "Counted" }[compression]
}

function count(files: number): string {
  return files === 1 ? "1 file" : `${files} files`
}
