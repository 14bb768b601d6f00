"use client"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { followDelivery, sendTest } from "@/lib/client/channels-query"
import { useWrite } from "@/lib/client/use-write"
import type { Delivery } from "@/lib/contracts/api/deliveries"

/** Sends a test and follows it until it arrived or was given up, for as long as the page is there. */
export function useTest(place: { service: string; channelId: string }) {
  const [delivery, setDelivery] = useState<Delivery | null>(null)
  const client = useQueryClient()
  const following = useRef(new AbortController())
  useEffect(() => () => following.current.abort(), [])
  const write = useWrite(
    () => sendTest(place),
    (sent) => {
      following.current.abort()
      const mine = new AbortController()
      following.current = mine
      const show = (now: Delivery) => {
        setDelivery(now)
        for (const key of ["channels", "channel-deliveries"]) {
          void client.invalidateQueries({ queryKey: [key, place.service] })
        }
      }
      // What becomes of it stands in the list of messages as well: a connection that is lost here loses nothing.
      followDelivery(place.service, sent, show, mine.signal).catch(() => undefined)
    },
  )
  return { delivery, send: () => write.mutate(), isPending: write.isPending, problem: write.problem }
}
