import { Lock } from "lucide-react"
import Link from "next/link"
import { StatusPill } from "@/components/status/status-mark"
import { releaseLooks } from "@/components/status/tones"
import { Progress } from "@/components/ui/progress"
import type { ReleaseListEntry } from "@/lib/contracts/api/snapshot"
import { RenderedAgo } from "./rendered-ago"
import { whoIsNext } from "./who-is-next"

/** All releases, newest first: where each stands and whom it waits for. */
export function ReleaseList({ releases }: { releases: ReleaseListEntry[] }) {
  return (
    <div className="overflow-hidden rounded-xl border bg-surface">
      <table className="w-full text-left">
        <thead className="hidden border-b text-ink-3 text-xs md:table-header-group">
          <tr>
            <th scope="col" className="px-4 py-2 font-normal">
              Release
            </th>
            <th scope="col" className="px-4 py-2 font-normal">
              Status
            </th>
            <th scope="col" className="px-4 py-2 font-normal">
              Checklist
            </th>
            <th scope="col" className="px-4 py-2 font-normal">
              Signed
            </th>
            <th scope="col" className="px-4 py-2 font-normal">
              Next
            </th>
            <th scope="col" className="px-4 py-2 text-right font-normal">
              Changed
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {releases.map((release) => (
            <tr
              key={release.id}
              className="relative grid gap-x-4 gap-y-1 px-4 py-3 hover:bg-hover/60 max-md:grid-cols-[1fr_auto] md:table-row md:px-0"
            >
              <th scope="row" className="min-w-0 font-normal md:px-4 md:py-3">
                <Link
                  href={`/releases/${release.id}/checklist`}
                  className="font-medium text-sm after:absolute after:inset-0"
                >
                  {release.name}
                </Link>
                <span className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-ink-2 text-xs">
                  <span className="font-mono">{release.version}</span> → {release.environment.name}
                  {release.environment.locked ? (
                    <span className="inline-flex items-center gap-1 text-warn">
                      <Lock className="size-3" aria-hidden /> locked
                    </span>
                  ) : null}
                </span>
              </th>
              <td className="md:px-4 md:py-3">
                <StatusPill look={releaseLooks[release.status]} />
              </td>
              <td className="max-md:col-span-2 md:px-4 md:py-3">
                <span className="flex items-center gap-2 text-ink-2 text-xs">
                  <Progress
                    value={release.items.done}
                    max={release.items.total}
                    label={`Checklist of ${release.name}`}
                    tone={release.items.done === release.items.total ? "pass" : "accent"}
                    className="w-20"
                  />
                  {release.items.done}/{release.items.total}
                </span>
              </td>
              <td className="text-ink-2 text-xs max-md:hidden md:px-4 md:py-3">
                {release.signoffs.signed}/{release.signoffs.total}
              </td>
              <td className="text-ink-2 text-sm md:px-4 md:py-3">{whoIsNext(release)}</td>
              <td className="text-right text-ink-3 text-xs md:px-4 md:py-3">
                <RenderedAgo at={release.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
