import { expect, test } from "vitest"
import { atomFeed } from "./atom-feed"

const update = (id: string, at: string, title: string) => ({ id, at, status: "identified", title, text: 'a < b & "c"' })

test("updates of all incidents, the newest first, and nothing breaks out of its element", () => {
  const feed = atomFeed(
    {
      service: { key: "postd", name: "POSTD & Co" },
      asOf: "2026-11-29T12:00:00.000Z",
      incidents: [{ updates: [update("2", "2026-11-29T11:00:00.000Z", "</title><script>\u0007")] }],
      history: [{ updates: [update("1", "2026-11-28T11:00:00.000Z", "Before")] }],
    },
    "https://status.example/status/postd",
  )
  expect(feed.indexOf("urn:uuid:2")).toBeLessThan(feed.indexOf("urn:uuid:1"))
  expect(feed).toContain("<title>&lt;/title&gt;&lt;script&gt; (identified)</title>")
  expect(feed).toContain("a &lt; b &amp; &quot;c&quot;")
  expect(feed).toContain('<updated>2026-11-29T11:00:00.000Z</updated>\n  <link rel="self"')
})

test("a feed without news says when it was made", () => {
  const empty = {
    service: { key: "postd", name: "POSTD" },
    asOf: "2026-11-29T12:00:00.000Z",
    incidents: [],
    history: [],
  }
  expect(atomFeed(empty, "https://status.example/status/postd")).toContain(
    "<updated>2026-11-29T12:00:00.000Z</updated>",
  )
})
