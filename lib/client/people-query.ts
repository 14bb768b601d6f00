import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { peopleSchema } from "@/lib/contracts/api/people"
import { request } from "./api"

type People = z.infer<typeof peopleSchema>
export type PersonEntry = People["people"][number]

/** Who can be assigned and called: people who may still sign in. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => request<People>("GET", "/people", undefined, signal),
  select: ({ people }) => people.filter((person) => !person.disabled),
  staleTime: 60_000,
})
