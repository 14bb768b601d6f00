import isIdentityCard, { type IdentityCardLocale } from "validator/lib/isIdentityCard.js"
import type { Hit } from "./kinds"
import { isAfterWord } from "./surroundings"

interface Shape {
  locale: IdentityCardLocale
  /** Without its surroundings. */
  pattern: string
  /** Digits alone say too little: a word such as `national_id` must stand before them. */
  named: boolean
}

/** What can be known by its form and check digit; other countries have none here. */
const SHAPES: Record<string, Shape> = {
  CN: { locale: "zh-CN", pattern: "\\d{17}[\\dX]", named: false },
  ES: { locale: "ES", pattern: "[0-9XYZ]\\d{7}[A-Z]", named: false },
  FI: { locale: "FI", pattern: "\\d{6}[-+A]\\d{3}[0-9A-Z]", named: false },
  HK: { locale: "zh-HK", pattern: "[A-Z]{1,2}\\d{6}\\(?[0-9A]\\)?", named: true },
  IL: { locale: "he-IL", pattern: "\\d{9}", named: true },
  IN: { locale: "IN", pattern: "\\d{4} ?\\d{4} ?\\d{4}", named: true },
  IR: { locale: "IR", pattern: "\\d{10}", named: true },
  IT: {
    locale: "IT",
    pattern: "[A-Z]{6}[0-9L-V]{2}[ABCDEHLMPRST][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]",
    named: false,
  },
  LK: { locale: "LK", pattern: "(?:\\d{9}[VX]|\\d{12})", named: true },
  LY: { locale: "ar-LY", pattern: "\\d{12}", named: true },
  NO: { locale: "NO", pattern: "\\d{11}", named: true },
  PK: { locale: "PK", pattern: "\\d{5}-\\d{7}-\\d", named: false },
  PL: { locale: "PL", pattern: "\\d{11}", named: true },
  TH: { locale: "TH", pattern: "\\d{13}", named: true },
  TN: { locale: "ar-TN", pattern: "\\d{8}", named: true },
  TW: { locale: "zh-TW", pattern: "[A-Z]\\d{9}", named: false },
}

/** Numbers that were never given to anybody are left out by its form. */
const SSN = /(?<![\w.+/-])(?!000|666|9\d\d)\d{3}([- ]?)(?!00)\d{2}\1(?!0000)\d{4}(?![\w-]|[.,]\d)/g
const SSN_WORD = /(\bssn|[_-]ssn|social|\btin\b|tax)[^\d]*$/i
const ID_WORD =
  /(national|identity|id.?card|id.?num|citizen|person|pesel|\bdni|\bnie\b|\bnif\b|aadhaar|cnic|tax|fiscal|f.dsels|hetu|henkil|teudat|\bnric)[^\d]*$/i

/** National ids of these countries: social security numbers of the US, and what else has a form of its own. */
export function findNationalIds(text: string, countries: readonly string[]): Hit[] {
  return countries.flatMap((country) => (country === "US" ? findSsns(text) : findOf(text, SHAPES[country])))
}

function findSsns(text: string): Hit[] {
  return [...text.matchAll(SSN)].flatMap(({ 0: value, 1: separator, index }) =>
    separator === "-" || isAfterWord(text, index, SSN_WORD) ? [{ kind: "national-id", index, value }] : [],
  )
}

function findOf(text: string, shape: Shape | undefined): Hit[] {
  if (!shape) return []
  const pattern = new RegExp(`(?<![\\w.+/-])${shape.pattern}(?![\\w-]|[.,]\\d)`, "g")
  return [...text.matchAll(pattern)].flatMap(({ 0: value, index }) => {
    if (!isIdentityCard(value, shape.locale)) return []
    return !shape.named || isAfterWord(text, index, ID_WORD) ? [{ kind: "national-id", index, value }] : []
  })
}
