import { open, realpath } from "node:fs/promises"
import { resolve } from "node:path"
import { judged } from "../answer"
import { assertInside } from "../folder-inside"
import type { CheckPorts, CheckRunner, Expectation } from "../ports"
import { type EnvFileConfig, envFileConfigSchema } from "./definition"
import { parseEnvFile } from "./parse-env-file"

const LARGEST_BYTES = 1024 * 1024

/** Reads the file from a checkout. What is in it is compared and counted, and appears nowhere. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = envFileConfigSchema.parse(rawConfig)
  const { file, ref, repository } = config
  const checkout = await ports.directory(ref || repository ? { ref, repository } : undefined)
  const text = await readInside(checkout, config.directory ?? ".", file)
  const expected = "a file of the checkout"
  if (text === null) {
    return judged([{ what: file, expected, actual: "missing", ok: false }], [], { passed: "" })
  }
  const settings = parseEnvFile(text)
  const expectations = judge(config, settings, ports)
  const count = new Set(expectations.map(({ what }) => what)).size
  ports.log("info", `${file}: ${settings.size} settings, ${count} of them looked at\n`)
  const facts = [
    { label: "File", value: file, verdict: "neutral" as const },
    { label: "Settings in it", value: String(settings.size), verdict: "neutral" as const },
  ]
  const words = count === 1 ? "The setting" : `All ${count} settings`
  return judged(expectations, [{ type: "facts", facts }], {
    passed: `${words} in ${file} ${count === 1 ? "is" : "are"} as expected`,
  })
}

function judge(config: EnvFileConfig, settings: Map<string, string>, ports: CheckPorts): Expectation[] {
  const required = config.required.map((name): Expectation => {
    const value = settings.get(name)
    return {
      what: name,
      expected: "set",
      actual: value ? "set" : value === "" ? "empty" : "missing",
      ok: Boolean(value),
    }
  })
  const equal = Object.entries(config.equals ?? {}).map(([name, wanted]): Expectation => {
    const value = settings.get(name)
    const actual = value === undefined ? "missing" : value === wanted ? "the expected value" : "differs"
    return { what: name, expected: "the expected value", actual, ok: value === wanted }
  })
  const formed = Object.entries(config.patterns ?? {}).map(([name, pattern]): Expectation => {
    const expected = `has the form ${pattern}`
    const value = settings.get(name)
    if (value === undefined) return { what: name, expected, actual: "missing", ok: false }
    const answer = ports.match(pattern, value)
    if ("error" in answer) return { what: name, expected, actual: answer.error, ok: false }
    return { what: name, expected, actual: answer.matched ? "has it" : "differs", ok: answer.matched }
  })
  return [...required, ...equal, ...formed]
}

/** Null: no such file. Rejects with an Error in words where a path or a link leads out of the checkout. */
async function readInside(checkout: string, directory: string, file: string): Promise<string | null> {
  const root = await realpath(checkout)
  const wanted = resolve(root, directory, file)
  assertInside(root, wanted, file)
  const found = await realpath(wanted).catch(() => null)
  if (found === null) return null
  assertInside(root, found, file)
  const handle = await open(found, "r")
  try {
    const { size, isFile } = await handle.stat().then((stats) => ({ size: stats.size, isFile: stats.isFile() }))
    if (!isFile) throw new Error(`"${file}" is no file`)
    if (size > LARGEST_BYTES) throw new Error(`"${file}" is larger than 1 MB`)
    return await handle.readFile("utf8")
  } finally {
    await handle.close()
  }
}
