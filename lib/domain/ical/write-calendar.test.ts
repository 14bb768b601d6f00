import fc from "fast-check"
import ICAL from "ical.js"
import { expect, test } from "vitest"
import { escapeText } from "./content-line"
import { type CalendarEvent, writeCalendar } from "./write-calendar"

const nowIso = "2026-11-24T12:00:00.000Z"
const event: CalendarEvent = {
  uid: "7@golive",
  sequence: 2,
  startIso: "2026-11-24T14:30:00.000Z",
  endIso: "2026-11-24T15:30:00.000Z",
  title: "Review: 1.2.0; what, why\\how",
  text: "First line\nsecond “line” ✓",
}

function readBack(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return { calendar, events: calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each)) }
}

test("a calendar is written to the letter", () => {
  const text = writeCalendar({
    name: "On call",
    nowIso,
    refreshMinutes: 60,
    events: [{ ...event, text: "One\r\ntwo" }],
  })
  expect(text.split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Golive//Golive//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "NAME:On call",
    "X-WR-CALNAME:On call",
    "REFRESH-INTERVAL;VALUE=DURATION:PT60M",
    "X-PUBLISHED-TTL:PT60M",
    "BEGIN:VEVENT",
    "UID:7@golive",
    "DTSTAMP:20261124T120000Z",
    "SEQUENCE:2",
    "DTSTART:20261124T143000Z",
    "DTEND:20261124T153000Z",
    "SUMMARY:Review: 1.2.0\\; what\\, why\\\\how",
    "DESCRIPTION:One\\ntwo",
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ])
})

test("an invitation names who invites and who is invited, and can be taken back", () => {
  const attendees = [{ name: 'Zoë "Z"; Doe, jr.', email: "zoe+calls@postd.example" }]
  const organizer = { name: "Golive", email: "golive@postd.example" }
  const invited = { ...event, attendees, url: "https://golive.example/r/1?a=b,c", place: "Room 1, left" }
  for (const method of ["REQUEST", "CANCEL"] as const) {
    const { calendar, events } = readBack(writeCalendar({ name: "R", nowIso, method, organizer, events: [invited] }))
    const [read] = events
    expect(calendar.getFirstPropertyValue("method")).toBe(method)
    expect(read?.component.getFirstPropertyValue("status")).toBe(method === "CANCEL" ? "CANCELLED" : "CONFIRMED")
    expect(read?.attendees[0]?.getParameter("cn")).toBe('Zoë "Z"; Doe, jr.')
    expect(read?.attendees[0]?.getFirstValue()).toBe("mailto:zoe+calls@postd.example")
    expect(read?.organizer).toBe("mailto:golive@postd.example")
    expect(read?.component.getFirstPropertyValue("url")).toBe("https://golive.example/r/1?a=b,c")
    expect(read?.location).toBe("Room 1, left")
  }
})

test("a single cancelled event says so", () => {
  const [read] = readBack(writeCalendar({ name: "R", nowIso, events: [{ ...event, cancelled: true }] })).events
  expect(read?.component.getFirstPropertyValue("status")).toBe("CANCELLED")
})

test("what is no time is refused", () => {
  expect(() => writeCalendar({ name: "R", nowIso, events: [{ ...event, endIso: "soon" }] })).toThrow(RangeError)
})

test("whatever is written is read back, in lines of 75 octets at most, with no code point cut", () => {
  const signs = fc.constantFrom(
    "\\",
    ";",
    ",",
    ":",
    '"',
    "\n",
    "é",
    "漢",
    "🚀",
    "👩‍🚀",
    "a",
    " ",
    "^",
    "=",
    "BEGIN:VEVENT\n",
  )
  const text = fc.array(fc.oneof(signs, fc.string({ unit: "grapheme" })), { maxLength: 40 }).map((all) => all.join(""))
  const shown = (wanted: string) => wanted.replaceAll(/\r\n?/g, "\n").replaceAll(/[^\P{Cc}\n\t]/gu, " ")
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      (name, title, words, start) => {
        const at = new Date(Math.floor(start.getTime() / 1_000) * 1_000)
        // The reader takes a backslash in a parameter for an escape, which RFC 5545 does not know there.
        const person = name.replaceAll("\\", "|")
        const written = writeCalendar({
          name,
          nowIso,
          events: [
            {
              ...event,
              title,
              text: words,
              startIso: at.toISOString(),
              attendees: [{ name: person, email: "a@b.example" }],
            },
          ],
        })
        const lines = written.split("\r\n")
        expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/)
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
        }
        const { calendar, events } = readBack(written)
        expect(events).toHaveLength(1)
        // Not known to the reader as text: given as it was written.
        expect(calendar.getFirstPropertyValue("name")).toBe(escapeText(name))
        expect(events[0]?.summary).toBe(shown(title))
        expect(events[0]?.description ?? "").toBe(shown(words))
        expect(events[0]?.attendees[0]?.getParameter("cn")).toBe(shown(person))
        expect(events[0]?.startDate.toJSDate()).toEqual(at)
      },
    ),
  )
})

test("text with a lone surrogate is written as UTF-8 can carry it", () => {
  const [read] = readBack(writeCalendar({ name: "R", nowIso, events: [{ ...event, title: "a\ud83db" }] })).events
  expect(read?.summary).toBe("a\ufffdb")
})
