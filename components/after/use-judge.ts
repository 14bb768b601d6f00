import { useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

export function useJudge(part: { roundKey: string; itemKey: string }, onDone: () => void) {
  const { judgeRound } = useReleaseMutations()
  return useAction(
    ({ ok, note }: { ok: boolean; note?: string }) => judgeRound({ ...part, ok, ...(note ? { note } : {}) }),
    { onDone },
  )
}
export type Judging = ReturnType<typeof useJudge>
