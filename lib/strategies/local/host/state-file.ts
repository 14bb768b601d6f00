import { open, readFile, rename } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { deploymentIdSchema, instanceSpecSchema, liveSchema, previousSchema, switchSchema } from "./contract"

const knownInstanceSchema = z.object({
  spec: instanceSpecSchema,
  /** The process as last started; `startMark` tells it from a later process with the same pid. */
  process: z.object({ pid: z.number().int(), startMark: z.string() }).nullable(),
})

const storedStateSchema = z.object({
  schemaVersion: z.literal(1),
  live: liveSchema.nullable(),
  previous: z.array(previousSchema),
  instances: z.record(deploymentIdSchema, knownInstanceSchema),
  switches: z.array(switchSchema),
  maintenance: z.object({ on: z.boolean(), message: z.string(), since: z.iso.datetime().nullable() }),
  bypassToken: z.string().min(16),
})
export type StoredState = z.infer<typeof storedStateSchema>

export type StateFile = {
  current(): StoredState
  /**
   * Applies `change` to the latest state. Changes run one after the other; a change takes effect only once it is on disk.
   * If `change` throws, or returns the state it was given, nothing is written.
   */
  update(change: (state: StoredState) => StoredState): Promise<void>
}

/** Opens `<dataDirectory>/state.json`, or begins with `initial`. Throws if the file cannot be read as a state. */
export async function openStateFile(dataDirectory: string, initial: StoredState): Promise<StateFile> {
  const path = join(dataDirectory, "state.json")
  let current = (await read(path)) ?? initial
  let last: Promise<void> = Promise.resolve()

  function update(change: (state: StoredState) => StoredState): Promise<void> {
    const turn = last.then(async () => {
      const next = change(current)
      if (next === current) return
      await write(path, next)
      current = next
    })
    last = turn.catch(() => undefined)
    return turn
  }

  return { current: () => current, update }
}

async function read(path: string): Promise<StoredState | null> {
  let content: string
  try {
    content = await readFile(path, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
  try {
    return storedStateSchema.parse(JSON.parse(content))
  } catch (error) {
    // Starting empty instead would silently forget what is live.
    throw new Error(`${path} is not a state of this host; repair it or move it away`, { cause: error })
  }
}

/** Renamed into place when it is whole and on disk. Readable by its owner only: the specs hold secrets. */
async function write(path: string, state: StoredState): Promise<void> {
  const draft = `${path}.draft`
  const file = await open(draft, "w", 0o600)
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
