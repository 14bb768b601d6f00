import { join } from "node:path"
import type PDFDocument from "pdfkit"

// All of the console's programs run in the folder of the product.
const FONTS = join(process.cwd(), "node_modules/geist/dist/fonts")

export const fonts = {
  text: join(FONTS, "geist-sans/Geist-Regular.ttf"),
  strong: join(FONTS, "geist-sans/Geist-SemiBold.ttf"),
  mono: join(FONTS, "geist-mono/GeistMono-Regular.ttf"),
} as const
export type FontName = keyof typeof fonts

type Doc = InstanceType<typeof PDFDocument>

const MISSING = "\u25a1"
/** What has no width of its own and is drawn with its neighbours, or steers the text around it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Text as the document's fonts can draw it; remembers what they cannot, so that the document can say so. */
export class Drawable {
  readonly undrawn = new Set<string>()

  constructor(private readonly doc: Doc) {}

  /** The font has to be chosen before. Of code, every blank counts. */
  text(text: string, { blanks = "one" }: { blanks?: "one" | "all" } = {}): string {
    const font = fontkitFont(this.doc)
    let complete = true
    const drawn = [...text.replaceAll(blanks === "one" ? /\s+/g : /\s/g, " ")].map((character) => {
      if (!UNSEEN.test(character) && font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return character
      complete = false
      return font.hasGlyphForCodePoint(0x25a1) ? MISSING : "?"
    })
    if (!complete) this.undrawn.add(text)
    return drawn.join("")
  }
}

/** The library's typings keep the font to themselves; only it knows which characters it has. */
function fontkitFont(doc: Doc): { hasGlyphForCodePoint(codePoint: number): boolean } {
  return (doc as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font.font
}

/** `U+4E2D U+6587`: exact in every script. */
export function codePoints(text: string): string {
  return [...text]
    .map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`)
    .join(" ")
}
