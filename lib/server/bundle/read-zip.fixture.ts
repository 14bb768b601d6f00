import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { inflateRawSync } from "node:zlib"

const END = 0x06054b50
const CENTRAL = 0x02014b50

/** The files of a zip archive by their names, as its directory lists them. Throws on what is no whole archive. */
export function readZip(zip: Buffer): Map<string, Buffer> {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Error("this is no whole archive")
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error("the archive's directory is broken")
    const method = zip.readUInt16LE(at + 10)
    const packedBytes = zip.readUInt32LE(at + 20)
    const nameBytes = zip.readUInt16LE(at + 28)
    const name = zip.toString("utf8", at + 46, at + 46 + nameBytes)
    const header = zip.readUInt32LE(at + 42)
    const begin = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const packed = zip.subarray(begin, begin + packedBytes)
    if (files.has(name)) throw new Error(`the archive holds ${name} twice`)
    files.set(name, method === 0 ? Buffer.from(packed) : inflateRawSync(packed))
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

export async function writeFolder(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
}
