import { roleTitles } from "@/lib/domain/access/roles"
import type { Blocker } from "@/lib/domain/gate/gate-types"
import { exits } from "./exits"
import { Fault } from "./fault"

interface Problem {
  title?: unknown
  detail?: unknown
  code?: unknown
  errors?: unknown
  blockers?: unknown
}

/** A refusal of the console as a sentence, its fields and its blockers. */
export function faultOfAnswer(status: number, body: unknown, baseUrl: string): Fault {
  const refused = status === 401 || status === 403
  const exitCode = refused ? exits.refused : status >= 500 || status === 429 ? exits.unreachable : exits.no
  if (!isRecord(body)) {
    const hint = refused ? "" : " Is this the address of a console?"
    return new Fault(refused ? exits.refused : exits.unreachable, `The answer was ${status} without words.${hint}`)
  }
  const problem: Problem = body
  const sentence = [problem.detail, problem.title].find((text) => typeof text === "string" && text !== "")
  return new Fault(exitCode, typeof sentence === "string" ? sentence : `The console answered ${status}.`, {
    lines: [...fieldLines(problem.errors), ...blockerLines(asBlockers(problem.blockers), baseUrl)],
    problem: body,
  })
}

export function blockerLines(blockers: readonly Blocker[], baseUrl: string): string[] {
  return blockers.map(({ message, role, href }) => {
    const who = role ? ` ${roleTitles[role] ?? role} can clear it` : ""
    const where = href?.startsWith("/") ? `${baseUrl}${href}` : ""
    const tail = [who.trim(), where].filter(Boolean).join(": ")
    return tail ? `${message} (${tail})` : message
  })
}

function asBlockers(value: unknown): Blocker[] {
  return Array.isArray(value) ? value.filter((each) => isRecord(each) && typeof each.message === "string") : []
}

function fieldLines(errors: unknown): string[] {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((each) => (isRecord(each) ? [`${each.field}: ${each.message}`] : []))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
