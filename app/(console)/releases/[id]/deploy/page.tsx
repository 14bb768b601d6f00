import { DeployPage } from "@/components/deploy/deploy-page"

export default function Page() {
  return <DeployPage />
}
