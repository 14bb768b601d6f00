import type { Endpoint } from "./endpoint"
import * as incidents from "./incidents"
import { changedSchema } from "./responses"

const declared = "/releases/{id}/incidents"
const incident = `${declared}/{incidentId}`
const changed = { response: changedSchema } as const

/** What can be asked about incidents. */
export const incidentEndpoints: readonly Endpoint[] = [
  {
    method: "get",
    path: "/incidents",
    action: "release.read",
    summary: "Incidents of all releases, the newest first",
    query: incidents.incidentListQuery,
    response: incidents.incidentListSchema,
  },
  {
    method: "post",
    path: declared,
    action: "incident.declare",
    summary: "Declare an incident: its escalation begins",
    body: incidents.declareIncidentRequest,
    status: 201,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/acknowledge`,
    action: "incident.respond",
    summary: "Say that somebody is on it: nobody is paged for a while. After it is resolved, nothing changes",
    body: incidents.acknowledgeIncidentRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/severity`,
    action: "incident.respond",
    summary: "Judge it worse, or less bad",
    body: incidents.changeSeverityRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/roles`,
    action: "incident.respond",
    summary: "Give a role to somebody, hand it over, or take it back",
    body: incidents.giveIncidentRoleRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/ticks`,
    action: "incident.respond",
    summary: "Tick or untick an action of a stage",
    body: incidents.tickIncidentActionRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/notes`,
    action: "incident.respond",
    summary: "Write a note",
    body: incidents.noteIncidentRequest,
    ...changed,
  },
  {
    method: "put",
    path: `${incident}/pins/{seq}`,
    action: "incident.respond",
    summary: "Pin an event of the timeline, which its report must not miss",
    body: incidents.pinEventRequest,
    ...changed,
  },
  {
    method: "delete",
    path: `${incident}/pins/{seq}`,
    action: "incident.respond",
    summary: "Take a pin away",
    ...changed,
  },
  {
    method: "get",
    path: `${incident}/templates`,
    action: "release.read",
    summary: "The playbook's messages, filled in",
    response: incidents.filledTemplatesSchema,
  },
  {
    method: "post",
    path: `${incident}/messages`,
    action: "incident.communicate",
    summary: "Tell the team or customers",
    body: incidents.postMessageRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/resolve`,
    action: "incident.resolve",
    summary: "Say that it is over, and how; a countdown that its escalation began is stopped",
    body: incidents.resolveIncidentRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/reopen`,
    action: "incident.resolve",
    summary: "It is back: its escalation begins anew",
    body: incidents.reopenIncidentRequest,
    ...changed,
  },
  {
    method: "post",
    path: `${incident}/stop-deploy`,
    action: "deploy.abort",
    summary: "Stop the deployment that is under way at its next safe point, and note it",
    body: incidents.stopDeployRequest,
    ...changed,
  },
]
