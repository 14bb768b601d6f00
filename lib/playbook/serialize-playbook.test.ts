import { readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { parsePlaybook } from "./parse-playbook"
import type { Playbook } from "./schema"
import { words } from "./sections/text"
import { serializePlaybook } from "./serialize-playbook"

const checks = { kinds: Object.keys(checkDefinitions) }

function read(text: string) {
  const result = parsePlaybook(text, checks)
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1))
  return result
}

const seed = read(readFileSync(new URL("../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url), "utf8"))

test("the seed survives being written and read", () => {
  expect(read(serializePlaybook(seed.playbook))).toEqual(seed)
})

const text = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
    fc.constantFrom(
      "yes",
      "null",
      "~",
      "0x1F",
      "1e3",
      ".inf",
      "- a",
      "a: b",
      "a #b",
      "<<",
      "*x",
      "&x",
      "!t",
      "@",
      "'\"",
      "%",
    ),
    fc.constantFrom(
      "two\nlines",
      "ends\n",
      "ends\n\n",
      "  indented\n more",
      "\ttab",
      "a\r\nb",
      "\u2028",
      "trail ",
      "\u0085",
    ),
  )
  .filter((value) => words().safeParse(value).success)

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.stringMatching(/^[a-zA-Z0-9 .:#-]{1,12}$/).filter((name) => name !== "constructor"),
      tie("value"),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).value

test("any text and any config survive being written and read", () => {
  fc.assert(
    fc.property(text, text, fc.dictionary(fc.constantFrom("url", "body", "expect"), json), (title, detail, config) => {
      const playbook: Playbook = {
        ...seed.playbook,
        summary: detail,
        checklist: {
          groups: [
            {
              key: "one",
              title,
              items: [
                { key: "only", title, detail, evidence: detail, check: { kind: "http", config }, waivable: false },
              ],
            },
          ],
        },
      }
      const again = read(serializePlaybook(playbook))
      expect(again.playbook).toEqual(playbook)
      expect(again.hash).toBe(read(serializePlaybook(again.playbook)).hash)
    }),
    { numRuns: 40 },
  )
})
