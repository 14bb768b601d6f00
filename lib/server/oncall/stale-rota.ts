import type { RotaView } from "@/lib/contracts/api/oncall"
import { refused } from "@/lib/server/result"

export function staleRota(current: RotaView | null) {
  return refused("stale", "Somebody else has changed this rota meanwhile.", {
    field: "revision",
    detail: { current },
  })
}
