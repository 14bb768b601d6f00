import { expect, test } from "vitest"
import { pathHere } from "./path-here"

const origin = "http://localhost:3000"

test.each([
  ["/", "/"],
  ["/releases/1/signoffs?as=me#security", "/releases/1/signoffs?as=me#security"],
  ["http://localhost:3000/work", "/work"],
])("%s leads to %s", (url, path) => expect(pathHere(url, origin)).toBe(path))

test.each([
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "/work/..//evil.example",
  "http://localhost:3000//evil.example",
  "https://evil.example/",
  "http://localhost:3001/",
  "http://localhost:3000@evil.example/",
  "javascript:alert(1)",
  "\t//evil.example",
  "http://[",
])("%s leads nowhere else", (url) => expect(pathHere(url, origin)).toBe("/"))
