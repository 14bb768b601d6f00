import { env } from "@/lib/server/env"

/** Where people work on a release's incidents. */
export function incidentUrl(releaseId: string): string {
  return `${env().NEXTAUTH_URL.replace(/\/$/, "")}/releases/${releaseId}/incident`
}
