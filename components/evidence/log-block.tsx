"use client"
import { useMemo } from "react"
import { LogViewer } from "@/components/log/log-viewer"
import type { BlockOf } from "./block-of"

export function LogBlock({ block }: { block: BlockOf<"log"> }) {
  const lines = useMemo(
    () => block.text.split("\n").map((text, index) => ({ id: String(index), text, stream: "out" as const })),
    [block.text],
  )
  return (
    <div className="min-w-0">
      <p className="mb-1 text-ink-3 text-xs">
        {block.title}
        {block.leftOutChars > 0
          ? ` · ${block.leftOutChars.toLocaleString("en")} characters in the middle are left out`
          : ""}
      </p>
      <LogViewer lines={lines} label={block.title} live={false} />
    </div>
  )
}
