import { AfterPage } from "@/components/after/after-page"

export default function Page() {
  return <AfterPage />
}
