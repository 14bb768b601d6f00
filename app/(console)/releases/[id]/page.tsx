import { redirect } from "next/navigation"

export default async function ReleasePage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/releases/${(await params).id}/checklist`)
}
