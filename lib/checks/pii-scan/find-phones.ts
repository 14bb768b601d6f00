import { type CountryCode, getCountries, Metadata, parsePhoneNumberFromString } from "libphonenumber-js/max"
import type { Hit } from "./kinds"
import { isAfterWord } from "./surroundings"

const WITH_CODE = /(?<![A-Za-z0-9_+])(?:\+|%2B)\(?\d(?:[ .()/-]{0,2}\d){6,14}(?![A-Za-z0-9_]|-[A-Za-z0-9]|[.,]\d)/gi
const WITHOUT_CODE =
  /(?<![A-Za-z0-9_.+/#-])(?<!\d:)\(?\d(?:[ .()/-]{0,2}\d){6,14}(?![A-Za-z0-9_:]|-[A-Za-z0-9]|[.,]\d)/g
const DATE = /^(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{2}[-/.]\d{2}[-/.]\d{4})/
/** No country writes its numbers in more. */
const MOST_GROUPS = 5
const PHONE_WORD =
  /(phone|mobile|\btel\b|\btel[_.:-]|msisdn|\bcell|\bfax|\bsms\b|whatsapp|\bcall(ed|er|ing)?\b)[^\d]*$/i

/**
 * Phone numbers that exist in the plan of their country. Without a country code they must be written in groups as that
 * country writes them, or be called a phone number: plain digits are everywhere in logs.
 */
export function findPhones(text: string, countries: readonly string[]): Hit[] {
  const known = getCountries().filter((country) => countries.includes(country))
  return [...findWithCode(text), ...findWithoutCode(text, known)]
}

function findWithCode(text: string): Hit[] {
  return [...text.matchAll(WITH_CODE)].flatMap(({ 0: candidate, index }) => {
    // A status or a duration may follow, which looks like one more group.
    for (let value = candidate; value.length >= 8; value = value.slice(0, value.lastIndexOf(" "))) {
      if (parsePhoneNumberFromString(value.replace(/^%2B/i, "+"))?.isValid()) return [{ kind: "phone", index, value }]
      if (!value.includes(" ")) break
    }
    return []
  })
}

function findWithoutCode(text: string, countries: readonly CountryCode[]): Hit[] {
  if (countries.length === 0) return []
  return [...text.matchAll(WITHOUT_CODE)].flatMap(({ 0: run, index }) => {
    if (DATE.test(run)) return []
    const isNamed = isAfterWord(text, index, PHONE_WORD)
    if (!isNamed && !/\D/.test(run)) return []
    const part = partsOf(run).find(({ value }) => countries.some((country) => isNumberOf(country, value, isNamed)))
    return part ? [{ kind: "phone", index: index + part.at, value: part.value }] : []
  })
}

/** What may be the number: all of it, or what is between other numbers on the line. */
function partsOf(run: string): { at: number; value: string }[] {
  const begins = [0, ...[...run.matchAll(/ /g)].map(({ index }) => index + 1)]
  return begins.flatMap((at, first) =>
    [...begins.slice(first + 1, first + MOST_GROUPS).map((begin) => begin - 1), run.length].flatMap((end) => {
      const value = run.slice(at, end)
      const groups = value.match(/\d+/g) ?? []
      const digits = groups.join("").length
      return digits >= 7 && digits <= 13 && groups.length <= MOST_GROUPS ? [{ at, value }] : []
    }),
  )
}

function isNumberOf(country: CountryCode, value: string, isNamed: boolean): boolean {
  if (!hasLengthOf(country, value.replace(/\D/g, ""))) return false
  const number = parsePhoneNumberFromString(value, country)
  if (!number?.isValid()) return false
  return isNamed || (/\D/.test(value) && groupsOf(value) === groupsOf(number.formatNational()))
}

function groupsOf(text: string): string {
  return (text.match(/\d+/g) ?? []).join(" ")
}

/** Asked first: to read a number takes a hundred times longer than to count its digits. */
function hasLengthOf(country: CountryCode, digits: string): boolean {
  const metadata = new Metadata()
  metadata.selectNumberingPlan(country)
  const lengths = metadata.numberingPlan?.possibleLengths() ?? []
  return lengths.includes(digits.length) || (/^[01]/.test(digits) && lengths.includes(digits.length - 1))
}
