import { notFound } from "next/navigation"
import { caller } from "@/app/caller"
import { CertificatePage } from "@/components/certificate/certificate-page"
import { certificateDocument } from "@/lib/server/certificate/certificate-document"
import { readCertificate } from "@/lib/server/certificate/read-certificate"

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const sealed = await readCertificate(await caller(), (await params).id)
  if (!sealed.ok) notFound()
  return <CertificatePage content={certificateDocument(sealed.value)} />
}
