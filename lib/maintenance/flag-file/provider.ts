import { randomBytes } from "node:crypto"
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import type { CreateProvider, MaintenanceState } from "../contract"
import { flagFileConfigSchema } from "./definition"

export const createProvider: CreateProvider = (rawConfig) => {
  const { path } = flagFileConfigSchema.parse(rawConfig)

  async function state(): Promise<MaintenanceState> {
    try {
      return { on: true, message: (await readFile(path, "utf8")).trim() || null }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { on: false, message: null }
      throw new Error(`Whether ${path} is there cannot be seen: ${(error as Error).message}`, { cause: error })
    }
  }

  return {
    state,
    async turnOn(message) {
      const before = await state()
      if (before.on && before.message === (message.trim() || null)) return before
      // Renamed into place: whoever watches for the file never reads half a message.
      const draft = `${path}.${randomBytes(4).toString("hex")}`
      try {
        await writeFile(draft, `${message}\n`)
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw new Error(`${path} could not be written: ${(error as Error).message}`, { cause: error })
      }
      const now = await state()
      if (!now.on) throw new Error(`${path} was written and is gone again`)
      return now
    },
    async turnOff() {
      await rm(path, { force: true }).catch((error: Error) => {
        throw new Error(`${path} could not be removed: ${error.message}`, { cause: error })
      })
      const now = await state()
      if (now.on) throw new Error(`${path} was removed and is there again`)
      return now
    },
  }
}
