import { DateTime } from "luxon"

const ISO_INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** "23 Nov 2026, 11:04:12 New York (16:04:12 UTC)": by the playbook's clock and by UTC. */
export function bothClocks(at: string, zone: string): string {
  const utc = utcOf(at)
  if (zone === "UTC") return `${utc.toFormat("d LLL yyyy, HH:mm:ss")} UTC`
  const there = utc.setZone(zone)
  const inUtc = utc.toFormat(there.toISODate() === utc.toISODate() ? "HH:mm:ss" : "d LLL, HH:mm:ss")
  return `${there.toFormat("d LLL yyyy, HH:mm:ss")} ${cityOf(zone)} (${inUtc} UTC)`
}

/** "23 Nov 11:04:12" on a zone's wall. */
export function wallClock(at: string, zone: string): string {
  return utcOf(at).setZone(zone).toFormat("d LLL HH:mm:ss")
}

/** The instants that stand in words as machines write them, on both clocks. */
export function withClocks(words: string, zone: string): string {
  return words.replace(ISO_INSTANT, (at) => bothClocks(at, zone))
}

/** `New York` for `America/New_York`. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ")
}

/** Month names must not depend on the machine that drafts. */
const utcOf = (at: string) => DateTime.fromISO(at, { zone: "utc", locale: "en-GB" })
