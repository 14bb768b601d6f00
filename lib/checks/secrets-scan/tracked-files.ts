import { lstat, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { CheckPorts } from "../ports"
import type { SecretsScanConfig } from "./definition"

const MOST_FILES = 100_000
const LOOKED_AT_BYTES = 8_000
const REGULAR = /^100(644|755) /

export interface Skipped {
  binary: number
  large: number
}

/** What git takes for `files` and `exclude`. */
export function pathspecs({ files, exclude = [] }: Pick<SecretsScanConfig, "files" | "exclude">): string[] {
  const included = files?.map((pattern) => `:(glob)${pattern}`) ?? ["."]
  return ["--", ...included, ...exclude.map((pattern) => `:(exclude,glob)${pattern}`)]
}

/** Names of the tracked files, without links and submodules. */
export async function listTracked(root: string, config: SecretsScanConfig, ports: CheckPorts): Promise<string[]> {
  const entries = (await ports.git(["ls-files", "-z", "--stage", ...pathspecs(config)], root)).split("\0")
  const names = entries.flatMap((entry) => (REGULAR.test(entry) ? [entry.slice(entry.indexOf("\t") + 1)] : []))
  if (names.length > MOST_FILES) throw new Error(`There are more than ${MOST_FILES.toLocaleString("en-US")} files`)
  return [...new Set(names)]
}

/** Null: skipped, and counted. */
export async function readText(
  root: string,
  name: string,
  largestBytes: number,
  skipped: Skipped,
): Promise<string | null> {
  const path = join(root, name)
  const stats = await lstat(path)
  if (!stats.isFile()) return null
  if (stats.size > largestBytes) {
    skipped.large += 1
    return null
  }
  const bytes = await readFile(path)
  const utf16 = bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe
  if (!utf16 && bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) {
    skipped.binary += 1
    return null
  }
  return bytes.toString(utf16 ? "utf16le" : "utf8")
}
