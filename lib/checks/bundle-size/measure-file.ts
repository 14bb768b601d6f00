import { createReadStream } from "node:fs"
import { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createBrotliCompress, createGzip, constants as zlib } from "node:zlib"
import type { FoundFile } from "../find-files"
import type { BundleSizeConfig } from "./definition"

export interface Measured {
  name: string
  rawBytes: number
  packedBytes: number
}

/** The size of a file as it is and packed. It passes through and is never whole in memory. */
export async function measureFile(
  { name, path }: FoundFile,
  compression: BundleSizeConfig["compression"],
  signal: AbortSignal,
): Promise<Measured> {
  const source = createReadStream(path)
  const counted = new Counter()
  if (compression === "none") await pipeline(source, counted, { signal })
  else await pipeline(source, packer(compression), counted, { signal })
  return { name, rawBytes: source.bytesRead, packedBytes: counted.bytes }
}

function packer(compression: "gzip" | "brotli") {
  return compression === "gzip"
    ? createGzip({ level: 9 })
    : createBrotliCompress({ params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } })
}

class Counter extends Writable {
  bytes = 0

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytes += chunk.length
    done()
  }
}
