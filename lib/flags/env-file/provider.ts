import { readFile } from "node:fs/promises"
import { dirname } from "node:path"
import type { CreateFlag, FlagState } from "../contract"
import { createAskJson } from "../parts/ask-json"
import { assertSet } from "../parts/assert-set"
import { envFileConfigSchema } from "./definition"
import { replaceFile } from "./replace-file"
import { createUnread } from "./unread"
import { readVariable, withVariable } from "./variables"

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const config = envFileConfigSchema.parse(rawConfig)
  const { path, name, onValue, offValue } = config
  const unread = createUnread(ports.workDirectory, path, name)

  async function found(): Promise<string> {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${path} cannot be read (${error.code ?? error.message})`)
    })
    return readVariable(text, name) ?? (config.missingIs === "on" ? onValue : offValue)
  }

  async function state(): Promise<FlagState> {
    const value = await found()
    // The value itself is not said: it may be another variable's than was meant.
    if (value !== onValue && value !== offValue) throw new Error(`${path} sets ${name} to neither of its two values`)
    const isOn = value === onValue
    return { on: (await unread.value()) === value ? !isOn : isOn }
  }

  async function reload(): Promise<void> {
    const { reload: argv, reloadTimeoutMs: timeoutMs, reloadRequest } = config
    if (reloadRequest) {
      const ask = createAskJson(
        { name: new URL(reloadRequest.url).host, missing: "has nothing at this address" },
        ports,
      )
      await ask(reloadRequest).catch(notRead)
    }
    if (!argv) return
    const log = (_stream: string, words: string) => ports.log(words)
    const end = await ports
      .runProcess({ argv, cwd: dirname(path), timeoutMs, signal: ports.signal, log })
      .catch(notRead)
    if (end.timedOut) notRead(`${argv[0]} took longer than ${timeoutMs / 1_000} s`)
    if (end.exitCode !== 0) notRead(`${argv[0]} ended with ${end.signal ?? `exit code ${end.exitCode}`}`)
  }

  function notRead(why: unknown): never {
    ports.signal.throwIfAborted()
    const words = why instanceof Error ? why.message : String(why)
    throw new Error(`The file says so now, but the service was not made to read it: ${words}`)
  }

  return {
    state,
    async set(on) {
      const value = on ? onValue : offValue
      const isAsIs = (await found()) === value
      ports.signal.throwIfAborted()
      const needsReload = config.reload !== undefined || config.reloadRequest !== undefined
      if (needsReload) await unread.keep(value)
      if (!isAsIs) await replaceFile(path, (text) => withVariable(text, name, value), ports.signal)
      // Also where it stood there already: nobody knows whether the service has read it.
      await reload()
      await unread.forget()
      return assertSet(path, await state(), on)
    },
  }
}
