import { ReportPage } from "@/components/report/report-page"

export default function Page() {
  return <ReportPage />
}
