import { execFile } from "node:child_process"
import { copyFile, mkdir, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)
const NAME = "golive-test/node:1"

/** Makes an image of this machine's own Node and the libraries that it loads, as nothing can be pulled. Answers with its name. */
export async function importNodeImage(root: string, docker: (...args: string[]) => Promise<string>): Promise<string> {
  const files = join(root, "node-image")
  const archive = join(root, "node-image.tar")
  const put = async (from: string, to: string) => {
    await mkdir(dirname(join(files, to)), { recursive: true })
    await copyFile(from, join(files, to))
  }
  await put(process.execPath, "/usr/local/bin/node")
  // `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, and the loader as a path alone.
  const { stdout } = await run("ldd", [process.execPath])
  for (const path of stdout.match(/\/\S+(?= \(0x)/g) ?? []) await put(path, path)
  await mkdir(join(files, "tmp"))
  await mkdir(join(files, "app"))
  await run("tar", ["--create", "--file", archive, "--directory", files, "."])
  await docker("import", "--change", "ENV PATH=/usr/local/bin", "--change", "WORKDIR /app", archive, NAME)
  await rm(files, { recursive: true })
  await rm(archive)
  return NAME
}
