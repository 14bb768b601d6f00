import { SignoffsPage } from "@/components/signoff/signoffs-page"

export default function Page() {
  return <SignoffsPage />
}
