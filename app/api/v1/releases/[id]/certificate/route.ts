import { certificateQuery } from "@/lib/contracts/api/audit"
import { readCertificate } from "@/lib/server/certificate/read-certificate"
import { renderCertificate } from "@/lib/server/certificate/render-certificate"
import { attachment } from "@/lib/server/http-api/download"
import { route } from "@/lib/server/http-api/route"
import { parseInput } from "@/lib/server/parse-input"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(async ({ ctx, params, query }) => {
  const sealed = await readCertificate(ctx, params.id)
  if (!sealed.ok) return sealed
  const input = parseInput(certificateQuery, query)
  if (!input.ok || input.value.format === "json") return input.ok ? sealed : input
  const { service, release, head } = sealed.value.certificate
  const name = `certificate-${service.key}-${release.version}-${head.seq}.pdf`.replace(/[^\w.-]/g, "_")
  return new Response(new Uint8Array(await renderCertificate(sealed.value)), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": attachment(name),
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
})
