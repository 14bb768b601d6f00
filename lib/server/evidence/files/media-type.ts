import { type Result, refused } from "@/lib/server/result"
import { extensionOf } from "./file-name"

interface FileType {
  extensions: readonly string[]
  /** Other names that browsers and programs have for it. */
  aliases?: readonly string[]
  text: boolean
}

/** What evidence comes as. None of it is ever looked into or shown by the console: it is kept, and handed out to be saved. */
export const fileTypes: Record<string, FileType> = {
  "application/pdf": { extensions: ["pdf"], text: false },
  "image/png": { extensions: ["png"], text: false },
  "image/jpeg": { extensions: ["jpg", "jpeg"], aliases: ["image/jpg"], text: false },
  "image/gif": { extensions: ["gif"], text: false },
  "image/webp": { extensions: ["webp"], text: false },
  "image/svg+xml": { extensions: ["svg"], text: true },
  "text/html": { extensions: ["html", "htm"], text: true },
  "text/plain": { extensions: ["txt", "log"], text: true },
  "text/markdown": { extensions: ["md", "markdown"], aliases: ["text/x-markdown"], text: true },
  "text/csv": { extensions: ["csv"], aliases: ["application/csv", "application/vnd.ms-excel"], text: true },
  "application/json": { extensions: ["json", "har"], aliases: ["text/json", "application/har+json"], text: true },
  "application/x-ndjson": {
    extensions: ["ndjson", "jsonl"],
    aliases: ["application/ndjson", "application/jsonl", "application/x-jsonlines"],
    text: true,
  },
  "application/yaml": {
    extensions: ["yaml", "yml"],
    aliases: ["application/x-yaml", "text/yaml", "text/x-yaml"],
    text: true,
  },
  "application/xml": { extensions: ["xml"], aliases: ["text/xml"], text: true },
  "application/zip": {
    extensions: ["zip"],
    aliases: ["application/x-zip-compressed", "application/x-zip"],
    text: false,
  },
  "application/gzip": {
    extensions: ["gz", "tgz"],
    aliases: ["application/x-gzip", "application/x-compressed", "application/x-compressed-tar"],
    text: false,
  },
  "application/x-tar": { extensions: ["tar"], aliases: ["application/tar"], text: false },
  "video/mp4": { extensions: ["mp4"], text: false },
  "video/webm": { extensions: ["webm"], text: false },
}

const ofAlias = new Map(
  Object.entries(fileTypes).flatMap(([type, { aliases = [] }]) => [type, ...aliases].map((name) => [name, type])),
)
const ofExtension = new Map(
  Object.entries(fileTypes).flatMap(([type, { extensions }]) => extensions.map((extension) => [extension, type])),
)
/** Texts whose senders know no more than that they are texts. */
const PLAIN = "text/plain"

/**
 * The media type of a file by what its sender says (a Content-Type) and its name; where the sender says nothing, or only
 * that it is bytes, by its name. Refused where they contradict each other, or where it is nothing that evidence comes as.
 */
export function mediaTypeOf(contentType: string | null, name: string): Result<string> {
  const said = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  const extension = extensionOf(name)
  const byName = extension === null ? undefined : ofExtension.get(extension)
  if (said === "" || said === "application/octet-stream") {
    if (byName) return { ok: true, value: byName }
    return bad(`Of “${name}” nobody knows what it is: send its Content-Type.`)
  }
  const type = ofAlias.get(said)
  if (!type) return bad(`Evidence cannot be ${said}.`)
  if (extension === null || byName === type) return { ok: true, value: type }
  if (type === PLAIN && byName && fileTypes[byName]?.text) return { ok: true, value: byName }
  return bad(`“${name}” is not the name of a file that is ${said}.`)
}

function bad(message: string) {
  const allowed = `Allowed are: ${[...ofExtension.keys()].join(", ")}.`
  return refused("invalid", `${message} ${allowed}`, { field: "contentType", detail: { allowed: [...ofAlias.keys()] } })
}
