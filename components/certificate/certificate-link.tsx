"use client"
import { FileBadge } from "lucide-react"
import Link from "next/link"
import { Button, type ButtonProps } from "@/components/ui/button"
import { useReleaseConnection } from "@/lib/client/release-context"

/** To the certificate of the release at hand. */
export function CertificateLink({ tone = "secondary", size }: Pick<ButtonProps, "tone" | "size">) {
  const { releaseId } = useReleaseConnection()
  return (
    <Button asChild tone={tone} size={size}>
      <Link href={`/releases/${releaseId}/certificate`} prefetch={false}>
        <FileBadge aria-hidden /> Certificate
      </Link>
    </Button>
  )
}
