import { type Result, refused } from "@/lib/server/result"

/** Characters that mean something to a shell, a header or a file system of some machine that it is downloaded to. */
const MEANINGFUL = /["<>:|?*]/
/** All that is invisible or steers the text around it, but for the joiners of scripts and emoji. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u
/** Windows opens a device instead of the file. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

/** The name without the folders that it came with. Refused is what would be another file, or no file, on some machine. */
export function baseName(given: string): Result<string> {
  const name = (given.split(/[/\\]/).at(-1) ?? "").trim()
  const bad = (message: string) => refused("invalid", message, { field: "name" })
  if (name === "" || name.startsWith(".")) return bad("A file's name must not be empty or begin with a dot.")
  if (name.endsWith(".")) return bad("A file's name must not end with a dot.")
  if (MEANINGFUL.test(name)) return bad("A file's name must not hold any of \" < > : | ? *")
  if (INVISIBLE.test(name) || !name.isWellFormed()) return bad("A file's name must not hold invisible characters.")
  if (DEVICE.test(name)) return bad(`“${name}” is the name of a device on some machines.`)
  return { ok: true, value: name }
}

/** `png` of `Shot.PNG`. Figures are no extension: `server.log.1` has none. */
export function extensionOf(name: string): string | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? null
  return extension && !/^\d+$/.test(extension) ? extension : null
}
