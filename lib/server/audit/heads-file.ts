import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { z } from "zod"
import type { ChainHead } from "@/lib/domain/timeline/chain"

const lineSchema = z.object({
  releaseId: z.uuid(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Heads by release, from a file with one `{"releaseId", "seq", "hash"}` a line. Throws with the line's number. */
export async function readHeadsFile(path: string): Promise<Map<string, ChainHead[]>> {
  const heads = new Map<string, ChainHead[]>()
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === "") continue
    const { releaseId, seq, hash } = parseLine(line, `${path}:${number}`)
    heads.set(releaseId, [...(heads.get(releaseId) ?? []), { seq, hash }])
  }
  return heads
}

function parseLine(line: string, where: string): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line))
  } catch {
    throw new Error(`${where} is no head: one is {"releaseId": "…", "seq": 1, "hash": "…"}.`)
  }
}
