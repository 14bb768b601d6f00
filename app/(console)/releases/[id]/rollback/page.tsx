import { RollbackPage } from "@/components/rollback/rollback-page"

export default function Page() {
  return <RollbackPage />
}
