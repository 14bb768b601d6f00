import { contentLine, escapeText, quoteParameter } from "./content-line"

export interface CalendarEvent {
  /** The same one for as long as it is the same event. */
  uid: string
  /** Raised by each change, so that a calendar takes the newer one. */
  sequence: number
  startIso: string
  /** Half-open: at this instant it is over. */
  endIso: string
  title: string
  text?: string
  url?: string
  place?: string
  cancelled?: boolean
  attendees?: { name: string; email: string }[]
}

export interface CalendarToWrite {
  name: string
  /** When it was written: `DTSTAMP` of each event. */
  nowIso: string
  /** `REQUEST` and `CANCEL` invite people and take it back; a feed is published. */
  method?: "PUBLISH" | "REQUEST" | "CANCEL"
  /** Needed by `REQUEST` and `CANCEL`: who invites. */
  organizer?: { name: string; email: string }
  /** How often a subscribed calendar is asked to look again. */
  refreshMinutes?: number
  events: readonly CalendarEvent[]
}

/** An iCalendar file (RFC 5545) as text: CRLF, folded at 75 octets, times in UTC. Throws a RangeError on what is no time. */
export function writeCalendar(calendar: CalendarToWrite): string {
  const { name, nowIso, method = "PUBLISH", organizer, refreshMinutes, events } = calendar
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Golive//Golive//EN",
    "CALSCALE:GREGORIAN",
    `METHOD:${method}`,
    // Both ways in which calendars take a name: RFC 7986, and what came before it.
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    ...(refreshMinutes
      ? [`REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`, `X-PUBLISHED-TTL:PT${refreshMinutes}M`]
      : []),
    ...events.flatMap((event) => eventLines(event, { nowIso, method, organizer })),
    "END:VCALENDAR",
  ]
  return lines.map(contentLine).join("")
}

function eventLines(
  event: CalendarEvent,
  { nowIso, method, organizer }: Pick<CalendarToWrite, "nowIso" | "method" | "organizer">,
): string[] {
  const cancelled = event.cancelled || method === "CANCEL"
  return [
    "BEGIN:VEVENT",
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${utc(nowIso)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${utc(event.startIso)}`,
    `DTEND:${utc(event.endIso)}`,
    `SUMMARY:${escapeText(event.title)}`,
    ...(event.text ? [`DESCRIPTION:${escapeText(event.text)}`] : []),
    ...(event.place ? [`LOCATION:${escapeText(event.place)}`] : []),
    // A URI is no text: nothing in it is escaped, but what would begin a line of its own cannot be in one.
    ...(event.url ? [`URL:${new URL(event.url).href}`] : []),
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    ...(organizer ? [`ORGANIZER;CN=${quoteParameter(organizer.name)}:${mailto(organizer.email)}`] : []),
    ...(event.attendees ?? []).map(
      ({ name, email }) =>
        `ATTENDEE;CN=${quoteParameter(name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${mailto(email)}`,
    ),
    "END:VEVENT",
  ]
}

/** `20261124T143000Z`: the whole second, as iCalendar knows no smaller ones. */
function utc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`
}

function mailto(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll("%40", "@").replaceAll("%2B", "+")}`
}
