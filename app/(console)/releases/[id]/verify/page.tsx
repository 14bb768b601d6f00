import { VerifyPage } from "@/components/verification/verify-page"

export default function Page() {
  return <VerifyPage />
}
