import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { baseName, extensionOf } from "./file-name"
import { mediaTypeOf } from "./media-type"
import { contradiction } from "./recognise"

describe("a name", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\me\\shot.png", "shot.png"],
    ["a/b\\c.txt", "c.txt"],
    ["Prüfung – 日本語 🚀👩‍💻.md", "Prüfung – 日本語 🚀👩‍💻.md"],
    ["it's (1) #2 100%.log", "it's (1) #2 100%.log"],
    ["console.txt", "console.txt"],
  ])("%s is kept as %s", (given, kept) => {
    expect(baseName(given)).toEqual({ ok: true, value: kept })
  })

  test.each([
    "",
    ".",
    "..",
    "a/..",
    "folder/",
    ".htaccess",
    "evil.exe.",
    "shot\u202egnp.exe",
    "zero\u200bwidth.png",
    "line\nbreak.png",
    "nul\u0000.png",
    "separator\u2028.png",
    'quo"te.png',
    "pipe|.png",
    "stream.txt:hidden",
    "CON",
    "con.txt",
    "LPT1.log",
    "half\ud800.png",
  ])("%j is refused by its field", (given) => {
    expect(baseName(given)).toMatchObject({ ok: false, refusal: { code: "invalid", field: "name" } })
  })

  test("has an extension, or figures", () => {
    expect([extensionOf("a.PNG"), extensionOf("server.log.1"), extensionOf("README")]).toEqual(["png", null, null])
  })
})

describe("a media type", () => {
  test.each([
    ["image/png", "a.png", "image/png"],
    ["text/plain; charset=utf-8", "server.log.1", "text/plain"],
    [null, "run.har", "application/json"],
    ["application/octet-stream", "trace.zip", "application/zip"],
    ["application/x-zip-compressed", "trace.zip", "application/zip"],
    ["application/vnd.ms-excel", "load.csv", "text/csv"],
    ["text/plain", "notes.md", "text/markdown"],
    ["image/jpg", "A.JPEG", "image/jpeg"],
  ])("%s for %s is %s", (said, name, type) => {
    expect(mediaTypeOf(said, name)).toEqual({ ok: true, value: type })
  })

  test.each([
    ["application/x-msdownload", "setup.exe"],
    ["text/plain", "setup.exe"],
    ["image/png", "shot.exe"],
    ["image/png", "shot.pdf"],
    ["application/octet-stream", "README"],
    [null, "run.sh"],
    ["multipart/form-data; boundary=x", "a.png"],
    ["application/x-www-form-urlencoded", "a.png"],
    ["__proto__", "a.png"],
  ])("%s for %s is refused, and what is allowed is said", (said, name) => {
    const answer = mediaTypeOf(said, name)
    expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", field: "contentType" } })
    expect(answer.ok ? "" : answer.refusal.message).toContain("pdf, png")
  })
})

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))))
const PNG = bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], "IHDR", new Array(40).fill(0), "IEND")
const PDF = bytes("%PDF-1.7\n%", [0xe2, 0xe3, 0xcf, 0xd3], "\n1 0 obj")
const EXE = bytes("MZ", [0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff])
const ELF = bytes([0x7f], "ELF", [2, 1, 1, 0], new Array(64).fill(0))
const MP4 = bytes([0, 0, 0, 0x18], "ftypisom", [0, 0, 2, 0], "isomiso2")
const WEBM = bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], "webm", new Array(20).fill(0))

describe("the first bytes", () => {
  test.each([
    ["image/png", PNG],
    ["application/pdf", PDF],
    ["application/zip", bytes("PK", [3, 4, 20, 0])],
    ["application/gzip", gzipSync(Buffer.alloc(1_000_000))],
    ["video/mp4", MP4],
    ["video/webm", WEBM],
    ["image/gif", bytes("GIF89a", [1, 0, 1, 0])],
    ["text/plain", bytes("BM,amount\nMZ,2\n")],
    ["text/plain", bytes([0xff, 0xfe], "a", [0], "b", [0])],
    ["text/plain", bytes("caf", [0xe9], " in Latin-1")],
    ["text/html", bytes("<script>alert(1)</script>")],
    ["image/svg+xml", bytes('<?xml version="1.0"?><svg onload="alert(1)"/>')],
    ["application/xml", bytes('<?xml version="1.0"?><testsuite/>')],
    ["application/json", bytes("{not json at all")],
    ["text/csv", bytes("")],
  ])("of %s may be so", async (declared, head) => {
    expect(await contradiction(head, declared)).toBeNull()
  })

  test.each([
    ["an .exe called .png", "image/png", EXE],
    ["an .exe called .txt", "text/plain", EXE],
    ["a program called .log", "text/plain", ELF],
    ["a PNG declared as PDF", "application/pdf", PNG],
    ["a PDF declared as text", "text/plain", PDF],
    ["HTML declared as PNG", "image/png", bytes("<html><script>alert(1)</script>")],
    ["a zip declared as HTML", "text/html", bytes("PK", [3, 4, 20, 0])],
    ["bytes declared as JSON", "application/json", bytes("{", [0, 1, 2])],
    ["an empty PNG", "image/png", bytes("")],
  ])("%s is refused by its field", async (_, declared, head) => {
    expect(await contradiction(head, declared)).toMatchObject({ code: "invalid", field: "contentType" })
  })
})
