import { z } from "zod"
import { sampleLineSchema } from "@/lib/contracts/stream"
import type { Action } from "@/lib/domain/access/policy"
import * as queries from "./queries"
import * as requests from "./requests"
import * as responses from "./responses"
import { setupRequest } from "./setup"

export interface Endpoint {
  method: "get" | "post" | "patch" | "delete"
  /** Below `/api/v1`. */
  path: string
  /** The right it takes. Null: open to everybody, or to everybody who is signed in (`signedIn`). */
  action: Action | null
  signedIn?: boolean
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  status?: 200 | 201 | 202
  response: z.ZodType
  contentType?: string
}

const release = "/releases/{id}"
const changed = { response: responses.changedSchema } as const

/** Every endpoint of the API: its document is made of this list, and a test compares the list with the routes. */
export const endpoints: readonly Endpoint[] = [
  {
    method: "get",
    path: "/releases",
    action: "release.read",
    summary: "Releases, the newest first",
    query: queries.releasesQuery,
    response: responses.releaseListSchema,
  },
  {
    method: "post",
    path: "/releases",
    action: "release.create",
    summary: "Make a release of a git ref",
    body: requests.createReleaseRequest,
    status: 201,
    response: responses.createdReleaseSchema,
  },
  {
    method: "get",
    path: release,
    action: "release.read",
    summary: "All about a release, of one instant",
    response: responses.snapshotSchema,
  },
  {
    method: "get",
    path: `${release}/gate`,
    action: "release.read",
    summary: "May it go live now, and what is in its way",
    response: responses.gateSchema,
  },
  {
    method: "patch",
    path: `${release}/checklist/{itemKey}`,
    action: "checklist.edit",
    summary: "Change a checklist item",
    body: requests.patchItemRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/checklist/{itemKey}/check`,
    action: "checklist.check",
    summary: "Run the item's check",
    body: requests.runCheckRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/signoffs/{role}`,
    action: "signoff.sign",
    summary: "Sign, or decline, for a role",
    body: requests.signRequest,
    ...changed,
  },
  {
    method: "delete",
    path: `${release}/signoffs/{role}`,
    action: "signoff.withdraw",
    summary: "Withdraw a signature",
    body: requests.withdrawRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/signoffs/{role}/reopen`,
    action: "signoff.reopen",
    summary: "Ask a role again after it declined",
    body: requests.reopenSignoffRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/override`,
    action: "override.request",
    summary: "Ask to start outside the window",
    body: requests.requestOverrideRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/override/approve`,
    action: "override.approve",
    summary: "Approve a start outside the window",
    body: requests.approveOverrideRequest,
    ...changed,
  },
  {
    method: "delete",
    path: `${release}/override`,
    action: "override.request",
    summary: "Take an override back",
    body: requests.withdrawOverrideRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/deploy`,
    action: "deploy.start",
    summary: "Start the deployment; refused with every blocker while the gate is closed",
    body: requests.startDeployRequest,
    status: 202,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/abort`,
    action: "deploy.abort",
    summary: "Stop what is under way at its next safe point",
    body: requests.abortRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/rollback`,
    action: "rollback.start",
    summary: "Make the previous version live again",
    body: requests.startRollbackRequest,
    status: 202,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/rollback/stop`,
    action: "rollback.stop",
    summary: "Stop the countdown of a rollback",
    body: requests.stopRollbackRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/steps/{runId}/{stepKey}/confirm`,
    action: "step.confirm",
    summary: "Confirm a waiting step",
    body: requests.confirmStepRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/steps/{runId}/{stepKey}/skip`,
    action: "step.skip",
    summary: "Skip a step",
    body: requests.skipStepRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${release}/close`,
    action: "release.close",
    summary: "Close the release",
    body: requests.closeReleaseRequest,
    ...changed,
  },
  {
    method: "get",
    path: `${release}/events`,
    action: "release.read",
    summary: "The timeline, by sequence number",
    query: requests.eventsQuery,
    response: responses.eventsSchema,
  },
  {
    method: "get",
    path: `${release}/stream`,
    action: "release.read",
    summary: "The timeline, logs and samples as they come (server-sent events)",
    query: queries.streamQuery,
    response: z.string(),
    contentType: "text/event-stream",
  },
  {
    method: "get",
    path: `${release}/logs`,
    action: "release.read",
    summary: "Output of the steps",
    query: queries.logsQuery,
    response: z.string(),
    contentType: "text/plain",
  },
  {
    method: "get",
    path: `${release}/samples`,
    action: "release.read",
    summary: "Metric samples",
    query: queries.samplesQuery,
    response: z.object({ samples: z.array(sampleLineSchema), cursor: z.string() }),
  },
  {
    method: "get",
    path: `${release}/evidence/{evidenceId}`,
    action: "release.read",
    summary: "A piece of evidence",
    response: responses.evidenceSchema,
  },
  {
    method: "get",
    path: `${release}/audit/verify`,
    action: "audit.verify",
    summary: "Recompute the hash chain and say where it does not hold",
    response: responses.verificationSchema,
  },
  {
    method: "get",
    path: "/tokens",
    action: "token.create",
    summary: "One's own tokens",
    response: responses.tokensSchema,
  },
  {
    method: "post",
    path: "/tokens",
    action: "token.create",
    summary: "Make a token; its secret is shown once",
    body: requests.createTokenRequest,
    status: 201,
    response: responses.createdTokenSchema,
  },
  {
    method: "delete",
    path: "/tokens/{id}",
    action: "token.revoke",
    summary: "Revoke a token",
    response: z.object({ id: z.uuid(), revokedAt: z.string() }),
  },
  {
    method: "post",
    path: "/environments/{service}/{environment}/unlock",
    action: "environment.unlock",
    summary: "Let deployments in again after a rollback",
    body: requests.unlockEnvironmentRequest,
    response: z.object({ environment: responses.environmentSchema }),
  },
  {
    method: "get",
    path: "/people",
    action: "people.read",
    summary: "People and their roles",
    response: responses.peopleSchema,
  },
  {
    method: "get",
    path: "/me",
    action: null,
    signedIn: true,
    summary: "Who is asking",
    response: z.object({ me: responses.meSchema, tokenScopes: z.array(z.string()).nullable() }),
  },
  {
    method: "post",
    path: "/setup",
    action: null,
    summary: "The first administrator, with the one-time link of the server",
    body: setupRequest,
    status: 201,
    response: z.object({ email: z.string() }),
  },
  { method: "get", path: "/openapi.json", action: null, summary: "This document", response: z.looseObject({}) },
  {
    method: "get",
    path: "/health",
    action: null,
    summary: "The process is alive",
    response: z.object({ status: z.string() }),
  },
  {
    method: "get",
    path: "/ready",
    action: null,
    summary: "Requests can be served",
    response: z.object({ status: z.string(), checks: z.record(z.string(), z.boolean()) }),
  },
]
