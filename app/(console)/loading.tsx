import { Skeleton } from "@/components/ui/skeleton"

export default function Loading() {
  return (
    <main id="main" aria-busy className="mx-auto grid max-w-[118rem] gap-4 px-4 py-6 sm:px-6">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-24" />
      <Skeleton className="h-64" />
    </main>
  )
}
