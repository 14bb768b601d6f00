import { short } from "../answer"
import { findFiles } from "../find-files"
import type { CheckPorts, Expectation } from "../ports"
import { printable } from "../printable"
import { checkSizeBytes, saySize } from "../size"
import type { PiiScanConfig } from "./definition"
import { Findings, withoutPersonalData } from "./findings"
import { readText } from "./read-text"
import { type Looked, nothingIn } from "./sources"

export async function scanFiles(
  files: readonly string[],
  folder: { root: string; directory: string },
  config: PiiScanConfig,
  ports: CheckPorts,
): Promise<Looked> {
  const findings = new Findings(config, ports)
  const found = await findFiles(folder, { files, exclude: config.exclude }, ports.signal)
  const largestBytes = checkSizeBytes(config.largest)
  const large = found.filter(({ bytes }) => bytes > largestBytes)
  const binary: string[] = []
  let looked = 0
  for (const { name, path, bytes } of found) {
    ports.signal.throwIfAborted()
    if (bytes > largestBytes || findings.isFull) continue
    // A file may be called after a person.
    const shown = withoutPersonalData(printable(name), config)
    const parts = noteBinary(readText(path, ports.signal), () => binary.push(shown))
    if (await findings.read(shown, parts)) looked += 1
  }
  const name = short(files.join(", "), 120)
  const all = `${found.length} ${found.length === 1 ? "file" : "files"}`
  ports.log("info", `${all} match, ${looked} with text, ${binary.length} binary\n`)
  const expectations: Expectation[] = large.length === 0 ? [] : [tooLarge(large, config)]
  if (looked === 0 && large.length === 0) {
    const actual = found.length === 0 ? "no file matches" : `${all}, all of them empty or binary`
    expectations.push(nothingIn(`a file of ${name} with text in it`, actual))
  }
  const facts = [
    { label: "Files with text", value: String(looked) },
    { label: "Binary files, skipped", value: binary.length === 0 ? "0" : short(binary.join(", ")) },
    { label: "Lines", value: findings.lines.toLocaleString("en-US") },
  ]
  return { name, findings, expectations, facts, blocks: [], isVolatile: false }
}

async function* noteBinary(text: AsyncGenerator<string, boolean>, onBinary: () => void): AsyncGenerator<string> {
  if (!(yield* text)) onBinary()
}

function tooLarge(large: readonly { name: string; bytes: number }[], config: PiiScanConfig): Expectation {
  const [first] = large
  const name = withoutPersonalData(printable(first?.name ?? ""), config)
  const more = large.length > 1 ? ` (and ${large.length - 1} more)` : ""
  const actual = `${name} has ${saySize(first?.bytes ?? 0)}${more} and was not looked at`
  return { what: "Size of every file", expected: `${config.largest} at most`, actual, ok: false }
}
