import isCreditCard from "validator/lib/isCreditCard.js"
import type { Hit } from "./kinds"
import { isAfterWord, isIdKey, isPartOfWord, keyBefore } from "./surroundings"

const NUMBER =
  /(?<![A-Za-z0-9_.])(?:\d{13,19}|\d{4}([ +-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ +-])\d{6}\2\d{4,5})(?![A-Za-z0-9_]|[.,]\d)/g
const CARD_WORD = /(card|pan|\bcc|credit|visa|master|amex|payment)[^\d]*$/i
/** The lengths of nearly all cards. Ids of 64 bits are as long as the others. */
const USUAL_DIGITS = [14, 15, 16]

/** Payment card numbers: of a known brand, and with the right check digit. */
export function findCards(text: string): Hit[] {
  return [...text.matchAll(NUMBER)].flatMap(({ 0: value, 1: four, 2: six, index }) => {
    const digits = value.replace(/\D/g, "")
    if (/^(\d)\1*$/.test(digits) || !isCreditCard(digits)) return []
    if (isPartOfWord(text, index, value.length, CARD_WORD)) return []
    const isGrouped = (four ?? six) !== undefined
    const isNamed = isAfterWord(text, index, CARD_WORD)
    const isPlain = USUAL_DIGITS.includes(digits.length) && !isIdKey(keyBefore(text, index))
    return isGrouped || isNamed || isPlain ? [{ kind: "card", index, value }] : []
  })
}
