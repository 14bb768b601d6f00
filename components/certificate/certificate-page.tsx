import type { ReactNode } from "react"
import { cn } from "@/components/ui/cn"
import type { CertificateDocument } from "@/lib/contracts/api/audit"
import { CertificateActions } from "./certificate-actions"
import { CertificateFacts } from "./certificate-facts"
import { QrCode } from "./qr-code"

/** On paper there is the certificate and nothing else, whatever frame it stands in on the screen. */
const PRINTED = `
@page { margin: 16mm; }
@media print {
  *:not(:has(#certificate)):not(#certificate):not(#certificate *) { display: none !important; }
  *:has(#certificate) { display: block !important; margin: 0 !important; padding: 0 !important; border: 0 !important; max-width: none !important; background: #fff !important; }
  #certificate { border: 0 !important; padding: 0 !important; max-width: none !important; }
  #certificate li { break-inside: avoid; }
}`

/** A certificate as a sheet of paper: light in every theme, and printed as it stands. */
export function CertificatePage({ content }: { content: CertificateDocument }) {
  const { title, seq, url, qr, facts, roles, signatures, history, checklist, remarks, sealWords, seal } = content
  return (
    <>
      <style>{PRINTED}</style>
      <CertificateActions seq={seq} />
      <article
        id="certificate"
        data-testid="certificate"
        aria-labelledby="certificate-title"
        className="mx-auto max-w-4xl rounded-xl border border-[#cfcfd6] bg-white p-5 text-[#17171a] sm:p-10"
      >
        <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-56">
            <p className="text-[#5b5b66] text-xs">Golive · Certificate of signatures</p>
            <h3 id="certificate-title" className="mt-1 break-words font-semibold text-2xl tracking-tight">
              <bdi>{title}</bdi>
            </h3>
          </div>
          <QrCode rows={qr} label={`QR code of ${url}`} />
        </header>
        <CertificateFacts facts={facts} />
        <Part title="Roles">
          <CertificateFacts facts={roles} />
        </Part>
        <Part title="Signatures">
          {signatures.length === 0 ? <p className="text-sm">Nobody has signed.</p> : null}
          <ol className="grid gap-6">
            {signatures.map((signature) => (
              <li key={signature.id} data-testid={`certified-${signature.id}`} data-stands={signature.stands}>
                <h5 className={cn("font-semibold", !signature.stands && "text-[#5b5b66]")}>
                  <bdi>{signature.title}</bdi>
                  {signature.stands ? null : <span className="font-normal text-sm"> · does not stand</span>}
                </h5>
                <blockquote className="mt-1 mb-3 border-[#cfcfd6] border-l-2 pl-3 text-sm">
                  {signature.meaning}
                </blockquote>
                <CertificateFacts facts={signature.facts} />
              </li>
            ))}
          </ol>
        </Part>
        {history.length > 0 ? (
          <Part title="What else happened to the sign-offs">
            <CertificateFacts facts={history} />
          </Part>
        ) : null}
        <Part title="Checklist">
          <CertificateFacts facts={checklist} />
        </Part>
        <Part title="What this relies on">
          <ul className="grid list-disc gap-1 pl-4 text-sm">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Part>
        <Part title="Seal">
          <p className="mb-3 text-sm">{sealWords}</p>
          <CertificateFacts facts={seal} />
        </Part>
      </article>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8">
      <h4 className="mb-3 border-[#cfcfd6] border-b pb-1 font-semibold">{title}</h4>
      {children}
    </section>
  )
}
