import { z } from "zod"
import type { PlatformCall } from "@/lib/contracts/outside-ports"
import { StrategyFailure } from "../contract"
import type { KubernetesConfig } from "./definition"

/** Where the API server is and how one gets in. */
export interface Access {
  server: string
  headers: Record<string, string>
  tls: NonNullable<PlatformCall["tls"]>
}

const fromBase64 = (text: string | undefined) => (text ? Buffer.from(text, "base64").toString("utf8") : undefined)

/**
 * Reads the settings or the kubeconfig. What a kubeconfig would run (`exec`, `auth-provider`) or read from this machine's
 * disk is refused: settings of an environment are no way into the worker.
 */
export async function readAccess({ kubeconfig, server, token, caPem }: KubernetesConfig): Promise<Access> {
  if (kubeconfig === undefined) {
    return {
      server: server ?? "",
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      tls: caPem ? { caPem } : {},
    }
  }
  const { KubeConfig } = await import("@kubernetes/client-node")
  const config = new KubeConfig()
  try {
    config.loadFromString(kubeconfig)
  } catch {
    // What the parser says may quote the text, and with it the credentials.
    throw new StrategyFailure("The kubeconfig cannot be read: it is not YAML of the expected form", false)
  }
  const cluster = config.getCurrentCluster()
  const user = config.getCurrentUser()
  if (!cluster || !user)
    throw new StrategyFailure("The kubeconfig's current context names no cluster or no user", false)
  if (!z.url({ protocol: /^https?$/ }).safeParse(cluster.server).success) {
    throw new StrategyFailure("The kubeconfig's server is no address", false)
  }
  const refused = [
    [user.exec, "exec"],
    [user.authProvider, "auth-provider"],
    [cluster.caFile ?? user.certFile ?? user.keyFile, "a file: give certificates as *-data"],
    [cluster.proxyUrl, "proxy-url"],
    [user.impersonateUser, "as"],
  ].find(([value]) => value)
  if (refused) throw new StrategyFailure(`The kubeconfig asks for ${refused[1]}, which is not done here`, false)
  const basic = user.username ? Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64") : null
  const authorization = user.token ? `Bearer ${user.token}` : basic ? `Basic ${basic}` : null
  const caPemOfCluster = fromBase64(cluster.caData)
  const certPem = fromBase64(user.certData)
  const keyPem = fromBase64(user.keyData)
  return {
    server: cluster.server,
    headers: authorization ? { Authorization: authorization } : {},
    tls: {
      ...(caPemOfCluster ? { caPem: caPemOfCluster } : {}),
      ...(certPem && keyPem ? { certPem, keyPem } : {}),
      ...(cluster.tlsServerName ? { servername: cluster.tlsServerName } : {}),
      ...(cluster.skipTLSVerify ? { allowInvalid: true } : {}),
    },
  }
}
