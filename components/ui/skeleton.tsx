import { cn } from "./cn"

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden data-waiting className={cn("animate-pulse-soft rounded-md bg-line", className)} />
}
