import { readEvidenceFile } from "@/lib/server/evidence/read-file"
import { downloadResponse } from "@/lib/server/http-api/download"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string; evidenceId: string }>(async ({ ctx, params }) => {
  const file = await readEvidenceFile(ctx, params.id, params.evidenceId)
  return file.ok ? downloadResponse(file.value) : file
})
