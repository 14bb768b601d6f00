import type { Refusal, RefusalCode } from "@/lib/domain/release/decision"

/** What a verb answers: refusals are values; only what nobody foresaw is thrown. */
export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export function done<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refused(
  code: RefusalCode,
  message: string,
  more: Omit<Refusal, "code" | "message"> = {},
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, message, ...more } }
}
