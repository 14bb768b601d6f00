import { fileTypeFromBuffer } from "file-type"
import type { Refusal } from "@/lib/domain/release/decision"
import { fileTypes } from "./media-type"

const startsWith = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)

/** Two or three letters that also begin texts: `BM` is a bitmap, and the first heading of somebody's table. */
const SHORT_SIGNATURES = new Set([
  "image/bmp",
  "application/x-msdownload",
  "application/x-bzip2",
  "audio/mpeg",
  "image/gif",
])
/** Other names that the same bytes have. */
const SAME: Record<string, string[]> = {
  "video/mp4": ["video/x-m4v", "video/quicktime"],
  "video/webm": ["video/matroska"],
}

/** Why the first bytes of a file are not of the type that was declared. Null: they may be. Texts are not read further than that. */
export async function contradiction(head: Uint8Array, declared: string): Promise<Refusal | null> {
  const found = await recognise(head)
  if (!fileTypes[declared]?.text) {
    if (found && (found === declared || SAME[declared]?.includes(found))) return null
    return differs(found ? `This is ${found}, and not ${declared}.` : `This does not begin like ${declared}.`)
  }
  const isText = looksLikeText(head)
  if (found && !found.startsWith("text/") && found !== "application/xml" && !(isText && SHORT_SIGNATURES.has(found))) {
    return differs(`This is ${found}, and not ${declared}.`)
  }
  return isText ? null : differs(`This is no text, and so not ${declared}.`)
}

async function recognise(head: Uint8Array): Promise<string | undefined> {
  // By ourselves, because the library would unpack archives to look for what is in them.
  if (startsWith(head, 0x1f, 0x8b)) return "application/gzip"
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06)) return "application/zip"
  return (await fileTypeFromBuffer(head))?.mime
}

function looksLikeText(head: Uint8Array): boolean {
  const isUtf16 = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)
  return isUtf16 || !head.includes(0)
}

function differs(message: string): Refusal {
  return { code: "invalid", message, field: "contentType" }
}
