import { z } from "zod"
import type { StrategyDefinition } from "../contract"

const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, "is no name of Kubernetes")

const workload = z.strictObject({
  kind: z.enum(["Deployment", "StatefulSet"]).default("Deployment"),
  name,
  namespace: name.optional().describe("Left out: the namespace of all."),
  containers: z
    .record(name, z.string().min(1).max(1_000))
    .refine((images) => Object.keys(images).length > 0, "names no container")
    .describe('Images by container: `{ "web": "registry.acme.io/shop:{{deployment.version}}" }`.'),
})
export type Workload = z.infer<typeof workload>

export const kubernetesConfigSchema = z
  .strictObject({
    kubeconfig: z
      .string()
      .min(1)
      .optional()
      .describe("A whole kubeconfig with its credentials: `{{secret.KUBECONFIG}}`."),
    server: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Instead of a kubeconfig: the API server's address."),
    token: z.string().min(1).optional().describe("A service account's token: `{{secret.KUBE_TOKEN}}`."),
    caPem: z.string().min(1).optional().describe("The authority that the API server's certificate is from."),
    namespace: name.default("default"),
    workloads: z
      .array(workload)
      .min(1)
      .max(50)
      .describe(
        'What is rolled out, in this order of asking, all at once: `[{ "name": "shop", "containers": { "web": "shop:{{deployment.version}}" } }]`. Images may hold `{{deployment.version}}`, `{{deployment.commit}}` and `{{deployment.id}}`.',
      ),
    progressTimeoutMs: z.number().int().min(1_000).max(7_200_000).default(600_000),
    pollMs: z.number().int().min(10).max(60_000).default(2_000),
  })
  .refine(({ kubeconfig, server }) => (kubeconfig === undefined) !== (server === undefined), {
    message: "give either a kubeconfig or a server",
    path: ["server"],
  })
export type KubernetesConfig = z.infer<typeof kubernetesConfigSchema>

export const definition: StrategyDefinition<KubernetesConfig> = {
  kind: "kubernetes",
  title: "Kubernetes",
  summary:
    "Sets the images of Deployments and StatefulSets, follows their rollouts until every replica is available, and goes back to the images of the revision before.",
  configSchema: kubernetesConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
