/** Where an incident is: the parameters of its routes. */
export interface IncidentAddress {
  /** Of the release. */
  id: string
  incidentId: string
}
