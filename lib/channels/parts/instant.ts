/** An instant as facts hold it; null for every other text. */
export function instantMs(value: string): number | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? Date.parse(value) : null
}

const format = new Intl.DateTimeFormat("en-GB", {
  ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", timeZone: "UTC", timeZoneName: "short" },
})

/** A fact's value for people: instants in UTC, everything else as it is. */
export function factInWords(value: string): string {
  const ms = instantMs(value)
  return ms === null ? value : format.format(ms)
}
