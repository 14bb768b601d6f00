import { expect, test } from "vitest"
import { configToSend, splitSchema } from "./channel-settings"

const kind = {
  ...{ kind: "webhook", title: "Webhook", summary: "", secretFields: ["secret"] },
  schema: {
    type: "object",
    properties: { url: { type: "string" }, secret: { type: "string", description: "Signs." } },
    required: ["url", "secret"],
  },
}

test("secret fields are taken out of the form and keep their words", () => {
  const { schema, secretFields } = splitSchema(kind)
  expect(Object.keys(schema.properties ?? {})).toEqual(["url"])
  expect(secretFields).toEqual([{ field: "secret", description: "Signs.", required: true }])
})

test("an empty box keeps what is there, null takes it away", () => {
  const plain = { url: "https://hooks.example" }
  expect(configToSend(plain, { secret: "" })).toEqual(plain)
  expect(configToSend(plain, { secret: undefined })).toEqual(plain)
  expect(configToSend(plain, { secret: null })).toEqual({ ...plain, secret: null })
  expect(configToSend(plain, { secret: "new" })).toEqual({ ...plain, secret: "new" })
})
