import { expect, test } from "vitest"
import { asksFor, fillTemplate, sayMissing } from "./fill-template"

const variables = {
  env: { baseUrl: "https://postd.example", vars: { NAME: "x", TRICK: "{{env.baseUrl}} $(id) $&" } },
  run: { id: 7 },
  release: { commit: null },
}

test("fills texts deep in a value and leaves everything else as it is", () => {
  const value = { url: "{{env.baseUrl}}/{{ run.id }}", list: ["{{env.vars.NAME}}", 3, null, true], "{{key}}": 1 }
  expect(fillTemplate(value, variables)).toEqual({
    ok: true,
    value: { url: "https://postd.example/7", list: ["x", 3, null, true], "{{key}}": 1 },
  })
})

test("what is filled in is not looked at again", () => {
  expect(fillTemplate(["{{env.vars.TRICK}}"], variables)).toEqual({ ok: true, value: ["{{env.baseUrl}} $(id) $&"] })
})

test("names each placeholder without a value once", () => {
  const value = ["{{env.nothing}} {{env.nothing}}", "{{release.commit}}", "{{env}}", "{{}}", "{{run.id}}"]
  expect(fillTemplate(value, variables)).toEqual({ ok: false, missing: ["env.nothing", "release.commit", "env", ""] })
})

test("reaches nothing that the variables do not hold themselves", () => {
  const names = ["constructor", "env.__proto__", "env.constructor.name", "env.baseUrl.length", "__proto__.x"]
  for (const name of names) expect(fillTemplate(`{{${name}}}`, variables)).toEqual({ ok: false, missing: [name] })
  const value: unknown = JSON.parse('{"__proto__": {"polluted": "{{run.id}}"}}')
  const filled = fillTemplate(value, variables)
  expect(JSON.stringify(filled)).toBe('{"ok":true,"value":{"__proto__":{"polluted":"7"}}}')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test("says whether something is asked for", () => {
  expect(asksFor({ a: ["{{ run.directory }}/x"] }, "run.directory")).toBe(true)
  expect(asksFor({ a: ["run.directory"] }, "run.directory")).toBe(false)
})

test("takes only the placeholders that it is told to, and says of secrets why they are not there", () => {
  const only = (name: string) => name.startsWith("secret.")
  const value = { token: "{{secret.TOKEN}}", text: "{{message}} {{ deployment.id }}" }
  const secret = { TOKEN: "$& {{message}} {{secret.OTHER}}" }
  expect(fillTemplate(value, { secret }, only)).toEqual({ ok: true, value: { ...value, token: secret.TOKEN } })
  expect(fillTemplate(value, { secret: {} }, only)).toEqual({ ok: false, missing: ["secret.TOKEN"] })
  const why = (name: string) => `There is no secret ${name} in Production.`
  expect(sayMissing(["secret.TOKEN"], why)).toBe("There is no secret TOKEN in Production")
  expect(sayMissing(["secret.A", "env.x", "secret.B"], why)).toBe(
    "There is no value for {{env.x}}. There is no secret A in Production. There is no secret B in Production",
  )
})
