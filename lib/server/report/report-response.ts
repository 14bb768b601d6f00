import { attachment } from "@/lib/server/http-api/download"
import { done, type Result } from "@/lib/server/result"
import type { ReportAnswer } from "./read-report"
import { renderReport } from "./render-report"

/** A report in the format that was asked for. Markdown and PDF are saved and never shown by the console's own address. */
export async function reportResponse(answer: Result<ReportAnswer>): Promise<Result<unknown> | Response> {
  if (!answer.ok) return answer
  const { report, format, name } = answer.value
  if (format === "json") return done(report)
  const { title, markdown, textSha256, head, shown, model } = report
  if (format === "md") return file(`${name}.md`, "text/markdown; charset=utf-8", Buffer.from(markdown, "utf8"))
  const standing = shown ? `Revision ${shown.revision}, saved by ${shown.by}` : `Draft of event ${model.head.seq}`
  const at = new Date(shown?.at ?? report.draftedTo)
  const pdf = await renderReport({ title, markdown, textSha256, head, standing, at })
  return file(`${name}.pdf`, "application/pdf", pdf)
}

function file(name: string, type: string, bytes: Buffer): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": type,
      "content-disposition": attachment(name),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
}
