import type { Metadata } from "next"
import { AcceptForm } from "@/components/people/accept-form"
import { Entrance } from "@/components/people/entrance"

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" }

export default function Page() {
  return (
    <Entrance title="You are invited">
      <AcceptForm />
    </Entrance>
  )
}
