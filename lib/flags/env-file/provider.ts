import { randomBytes } from "node:crypto"
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import type { CreateFlag, FlagState } from "../contract"
import { assertSet } from "../parts/assert-set"
import { envFileConfigSchema } from "./definition"

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const config = envFileConfigSchema.parse(rawConfig)
  const { path, name } = config
  const line = new RegExp(`^(\\s*(?:export\\s+)?${name}\\s*=)(.*)$`, "m")

  async function text(): Promise<string> {
    return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${path} cannot be read (${error.code ?? error.message})`)
    })
  }

  async function state(): Promise<FlagState> {
    const found = line.exec(await text())?.[2]
    if (found === undefined) return { on: config.missingIs === "on" }
    return { on: found.trim().replace(/^(["'])(.*)\1$/, "$2") === config.onValue }
  }

  /** The service may read it at any moment: it sees the old file or the new one, with the rights that the old one has. */
  async function write(value: string): Promise<void> {
    const before = await text()
    const after = line.test(before)
      ? before.replace(line, (_, start: string) => `${start}${value}`)
      : `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${name}=${value}\n`
    const draft = `${path}.${randomBytes(4).toString("hex")}`
    try {
      await writeFile(draft, after, { mode: (await stat(path)).mode })
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw new Error(`${path} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`)
    }
  }

  async function reload(): Promise<void> {
    if (!config.reload) return
    const end = await ports.runProcess({
      ...{ argv: config.reload, cwd: dirname(path), timeoutMs: config.reloadTimeoutMs, signal: ports.signal },
      log: (_stream, words) => ports.log(words),
    })
    if (end.exitCode === 0) return
    const how = end.timedOut ? "took too long" : `ended with exit code ${end.exitCode ?? end.signal}`
    throw new Error(`The file says so now, but the program that makes the service read it ${how}`)
  }

  return {
    state,
    async set(on) {
      if ((await state()).on !== on) await write(on ? config.onValue : config.offValue)
      // Also where it stood there already: nobody knows whether the service has read it.
      await reload()
      return assertSet(path, await state(), on)
    },
  }
}
