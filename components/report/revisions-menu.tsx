"use client"
import { useQuery } from "@tanstack/react-query"
import { History } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu"
import { formatInstant } from "@/lib/client/format"
import { useRelease, useReleaseConnection } from "@/lib/client/release-context"
import { reportPath, revisionsQuery } from "@/lib/client/report-query"
import { useZone } from "@/lib/client/use-zone"

/** Who saved it when; each revision can be had as Markdown. */
export function RevisionsMenu({ reportId, revision }: { reportId: string; revision: number }) {
  const { releaseId } = useReleaseConnection()
  const zone = useZone(useRelease((release) => release.window.zone))
  const { data } = useQuery(revisionsQuery(releaseId, reportId, revision))
  return (
    <Menu
      trigger={
        <Button tone="quiet">
          <History aria-hidden /> {revision === 1 ? "1 revision" : `${revision} revisions`}
        </Button>
      }
    >
      <MenuLabel>Saved, as Markdown</MenuLabel>
      {data?.revisions.map((one) => (
        <MenuItem key={one.revision} asChild>
          <a href={`/api/v1${reportPath(releaseId, reportId)}?format=md&revision=${one.revision}`} download>
            {one.revision}: {one.by}, {formatInstant(one.at, zone)}
          </a>
        </MenuItem>
      ))}
    </Menu>
  )
}
