import { z } from "zod"
import type { CreateProvider, MaintenanceState } from "../contract"
import { httpToggleConfigSchema } from "./definition"

const answerSchema = z.object({ on: z.boolean(), message: z.string().nullish() })

export const createProvider: CreateProvider = (rawConfig, ports) => {
  const config = httpToggleConfigSchema.parse(rawConfig)
  const { url, method, timeoutMs } = config

  async function send(body: unknown, what: string): Promise<void> {
    const headers = { "Content-Type": "application/json", ...config.headers }
    const answer = await ports.request({ url, method, headers, body: JSON.stringify(body), timeoutMs })
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(
        `Maintenance mode could not be turned ${what}: ${url} answered ${answer.status}${detail(answer.body)}`,
      )
    }
  }

  async function state(): Promise<MaintenanceState> {
    const where = config.stateUrl ?? url
    const answer = await ports.request({ url: where, headers: config.headers, timeoutMs })
    if (answer.status !== 200) {
      throw new Error(`Whether maintenance mode is on could not be asked: ${where} answered ${answer.status}`)
    }
    const parsed = answerSchema.safeParse(parseJson(answer.body))
    if (!parsed.success) throw new Error(`${where} does not answer { on, message } but something else`)
    const { on, message } = parsed.data
    return { on, message: on ? (message ?? null) : null }
  }

  return {
    state,
    async turnOn(message) {
      await send(config.onBody === undefined ? { on: true, message } : withMessage(config.onBody, message), "on")
      const now = await state()
      if (!now.on) throw new Error(`${url} accepted to turn maintenance mode on, but it is still off`)
      return now
    },
    async turnOff() {
      await send(config.offBody === undefined ? { on: false } : config.offBody, "off")
      const now = await state()
      if (now.on) throw new Error(`${url} accepted to turn maintenance mode off, but it is still on`)
      return now
    },
  }
}

/** A body of one's own, with the message where `{{message}}` stands. */
function withMessage(body: unknown, message: string): unknown {
  if (typeof body === "string") return body.replaceAll("{{message}}", () => message)
  if (Array.isArray(body)) return body.map((part) => withMessage(part, message))
  if (body === null || typeof body !== "object") return body
  return Object.fromEntries(Object.entries(body).map(([key, part]) => [key, withMessage(part, message)]))
}

function detail(body: string): string {
  const parsed = z.object({ detail: z.string() }).safeParse(parseJson(body))
  return parsed.success ? ` (${parsed.data.detail.slice(0, 200)})` : ""
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
