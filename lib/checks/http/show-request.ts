import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { short } from "../answer"
import type { HttpRequest } from "../ports"
import { shortPrintable } from "../printable"

const HIDDEN = /^(authorization|proxy-authorization|cookie|x-api-key|x-golive-bypass)$/i

/** What was sent. Of what lets in only the kind is shown, of a body only the size. */
export function showRequest(
  { url, method = "GET", headers = {}, body }: HttpRequest,
  title = "Request",
): EvidenceBlock {
  const rows = Object.entries(headers).map(([name, value]) => [
    name,
    HIDDEN.test(name) ? hidden(value) : shortPrintable(value, 1_000),
  ])
  return {
    type: "table",
    title,
    columns: ["Name", "Value"],
    rows: [
      [method, short(url, 2_000)],
      ...rows,
      ...(body === undefined ? [] : [["Body", `${Buffer.byteLength(body)} bytes`]]),
    ],
  }
}

function hidden(value: string): string {
  const [, scheme] = /^(Bearer|Basic) /.exec(value) ?? []
  return scheme ? `${scheme} (hidden)` : "(hidden)"
}
