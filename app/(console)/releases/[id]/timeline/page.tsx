import { TimelinePage } from "@/components/timeline/timeline-page"

export default function Page() {
  return <TimelinePage />
}
