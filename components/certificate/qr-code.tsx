/** A QR code of the modules that it consists of, dark on white with the quiet zone that scanners want. */
export function QrCode({ rows, label }: { rows: readonly (readonly boolean[])[]; label: string }) {
  const path = rows.flatMap((cells, y) => cells.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("")
  const size = rows.length
  return (
    <svg role="img" aria-label={label} viewBox={`-2 -2 ${size + 4} ${size + 4}`} className="size-24 shrink-0 bg-white">
      <path d={path} fill="#17171a" shapeRendering="crispEdges" />
    </svg>
  )
}
