"use client"
import { Archive, Download, Printer, RotateCw } from "lucide-react"
import { useRouter } from "next/navigation"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { useRelease, useReleaseConnection } from "@/lib/client/release-context"

/** What can be done with a certificate, and whether something happened since it was made. */
export function CertificateActions({ seq }: { seq: number }) {
  const { releaseId } = useReleaseConnection()
  const lastSeq = useRelease((release) => release.lastSeq)
  const router = useRouter()
  const api = `/api/v1/releases/${releaseId}`
  return (
    <div className="mb-4 grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-semibold">Certificate</h2>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden /> Print
        </Button>
        <Button asChild>
          <a href={`${api}/certificate`} download>
            <Download aria-hidden /> PDF
          </a>
        </Button>
        <Button asChild tone="primary">
          <a href={`${api}/bundle`} download>
            <Archive aria-hidden /> Evidence bundle
          </a>
        </Button>
      </div>
      {lastSeq > seq ? (
        <Notice tone="warn" live>
          <span className="flex flex-wrap items-center gap-3">
            This certificate is as of event {seq}; the timeline is at event {lastSeq} by now.
            <Button size="sm" onClick={() => router.refresh()}>
              <RotateCw aria-hidden /> Make it anew
            </Button>
          </span>
        </Notice>
      ) : null}
    </div>
  )
}
