import { mkdir } from "node:fs/promises"
import { z } from "zod"
import type { ProcessEnd } from "@/lib/contracts/outside-ports"
import type { CreateProvider, MaintenanceState } from "../contract"
import { commandConfigSchema } from "./definition"

const stateSchema = z.object({ on: z.boolean(), message: z.string().nullish() })

/** Maintenance mode by the team's own programs. */
export const createProvider: CreateProvider = (rawConfig, ports) => {
  const config = commandConfigSchema.parse(rawConfig)
  const cwd = config.directory ?? ports.workDirectory

  async function runIt(argv: string[], what: string, message = ""): Promise<ProcessEnd> {
    await mkdir(cwd, { recursive: true })
    const end = await ports.runProcess({
      argv: argv.map((arg) => arg.replaceAll("{{message}}", () => message)),
      ...{ cwd, env: { ...config.env, MAINTENANCE_MESSAGE: message } },
      ...{ timeoutMs: config.timeoutMs, signal: ports.signal, log: () => undefined },
    })
    if (end.exitCode !== 0) throw new Error(`The program that ${what} did not succeed: ${ended(end, config.timeoutMs)}`)
    return end
  }

  async function state(): Promise<MaintenanceState> {
    const end = await runIt(config.state, "says whether maintenance mode is on")
    const parsed = stateSchema.safeParse(parseJson(end.stdout.trim().split("\n").at(-1) ?? ""))
    if (!parsed.success) {
      const said = end.stdout.trim().slice(0, 100)
      throw new Error(`The program that says whether maintenance mode is on printed ${said ? `"${said}"` : "nothing"}`)
    }
    const { on, message } = parsed.data
    return { on, message: on ? (message ?? null) : null }
  }

  return {
    state,
    async turnOn(message) {
      await runIt(config.on, "turns maintenance mode on", message)
      const now = await state()
      if (!now.on) throw new Error("The program that turns maintenance mode on ended well, but it is still off")
      return now
    },
    async turnOff() {
      await runIt(config.off, "turns maintenance mode off")
      const now = await state()
      if (now.on) throw new Error("The program that turns maintenance mode off ended well, but it is still on")
      return now
    },
  }
}

function ended({ exitCode, signal, timedOut, stderr, stdout }: ProcessEnd, timeoutMs: number): string {
  const how = timedOut ? `it took longer than ${timeoutMs} ms` : signal ? `ended by ${signal}` : `exit code ${exitCode}`
  const said = (stderr.trim() || stdout.trim()).split("\n").slice(-3).join(" ").slice(0, 400)
  return said ? `${how} (${said})` : how
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
