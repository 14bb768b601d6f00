import { execFileSync } from "node:child_process"
import { inflateSync } from "node:zlib"

/** What a PDF says, as far as a test wants to know it: by `pdftotext` where there is one, else from its own streams. */
export function pdfText(pdf: Buffer): string {
  try {
    return execFileSync("pdftotext", ["-layout", "-", "-"], {
      input: pdf,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    })
  } catch {
    return textOfStreams(pdf)
  }
}

/** Of the documents that the console writes: each font has a table from its glyphs to characters. */
export function textOfStreams(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const maps = new Map<string, Map<string, string>>()
  const fontsOf = (page: string) =>
    new Map([...page.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [name, mapOf(id)]))
  const mapOf = (fontId: string) => {
    const cmapId = /\/ToUnicode (\d+) 0 R/.exec(objects.get(fontId)?.dictionary ?? "")?.[1] ?? ""
    const known = maps.get(cmapId) ?? readMap(objects.get(cmapId)?.stream ?? "")
    maps.set(cmapId, known)
    return known
  }
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
  return pages
    .map(({ dictionary }) => {
      const resources = /\/Resources (\d+) 0 R/.exec(dictionary)?.[1] ?? ""
      const fonts = fontsOf(objects.get(resources)?.dictionary ?? "")
      const content = objects.get(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? "")?.stream ?? ""
      return shown(content, fonts)
    })
    .join("\n")
}

function shown(content: string, fonts: Map<string, Map<string, string>>): string {
  let font = new Map<string, string>()
  let text = ""
  for (const [, name, array] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? font
    else {
      const glyphs = [...(array ?? "").matchAll(/<([0-9a-f]+)>/gi)].map(([, hex = ""]) => hex).join("")
      text += `${(glyphs.match(/.{4}/g) ?? []).map((glyph) => font.get(glyph.toLowerCase()) ?? "").join("")}\n`
    }
  }
  return text
}

function readMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  const character = (hex: string) =>
    String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))
  for (const [, start = "", , list = ""] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    for (const [index, [, hex = ""]] of [...list.matchAll(/<([0-9a-f ]+)>/gi)].entries()) {
      map.set((Number.parseInt(start, 16) + index).toString(16).padStart(4, "0"), character(hex.replaceAll(" ", "")))
    }
  }
  return map
}

function objectsOf(pdf: Buffer): Map<string, { dictionary: string; stream: string }> {
  const raw = pdf.toString("latin1")
  const objects = new Map<string, { dictionary: string; stream: string }>()
  for (const match of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = "", body = ""] = match
    const at = body.indexOf("stream\n")
    const dictionary = at < 0 ? body : body.slice(0, at)
    const bytes = at < 0 ? "" : body.slice(at + 7, body.lastIndexOf("\nendstream"))
    const packed = Buffer.from(bytes, "latin1")
    const stream = dictionary.includes("FlateDecode") ? inflated(packed) : bytes
    objects.set(id, { dictionary, stream })
  }
  return objects
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed).toString("latin1")
  } catch {
    return ""
  }
}
